"""What differs in tests: a cheap password hash, mail kept in memory, no pool that would outlive a test database."""

from . import *  # noqa: F403
from .base import DATABASES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DATABASES["default"]["OPTIONS"].pop("pool", None)
WHITENOISE_AUTOREFRESH = True
