"""A checked upload is kept between the two steps of the page: what would change, and yes.

It lies in the cache, under the school and the user who sent it, for half an hour. A newer upload of the same user replaces
it, and taking it takes it away: a second click on yes finds nothing. Where several web processes serve, the cache is Redis.
"""

import datetime as dt
import secrets
import zlib
from dataclasses import dataclass, replace

from django.core.cache import cache

from schools.models import School, User
from staffing.importers.uploads import Sent

KEPT_SECONDS = 30 * 60


@dataclass(frozen=True, slots=True)
class Upload:
    """What was sent, and the choices that were made beside it."""

    files: tuple[tuple[str, bytes], ...]
    effective_from: dt.date
    weekdays: tuple[int, ...] | None = None
    rotate: bool = False
    anchor: dt.date | None = None


def keep_upload(*, school: School, user: User, upload: Upload) -> str:
    """Keep it, and give back the token that names it."""
    token = secrets.token_urlsafe(24)
    packed = replace(upload, files=_packed(upload.files))
    cache.set(_key(school, user), (token, packed), KEPT_SECONDS)
    return token


def take_upload(*, school: School, user: User, token: str) -> Upload | None:
    """The upload of this token, once; None when it is gone, was replaced, or belongs to somebody else."""
    key = _key(school, user)
    kept: tuple[str, Upload] | None = cache.get(key)
    if kept is None or not secrets.compare_digest(kept[0].encode(), token.encode()) or not cache.delete(key):
        return None
    upload = kept[1]
    return replace(upload, files=tuple((name, zlib.decompress(content)) for name, content in upload.files))


def _packed(files: Sent) -> tuple[tuple[str, bytes], ...]:
    return tuple((name, zlib.compress(content)) for name, content in files)


def _key(school: School, user: User) -> str:
    return f"timetable-upload:{school.pk}:{user.pk}"
