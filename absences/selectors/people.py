"""Whom somebody means who typed a name, and where a person works."""

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from django.db.models import Q

from schools.errors import Refused
from schools.models import School
from staffing.models import Post
from staffing.selectors.day import posts_on


def staff_choices(school: School, date: dt.date) -> dict[str, Post]:
    """Name → post of everybody at a school on a date, by name; those who share a name are told apart by code. One query."""
    posts = posts_on(school, date)
    shared = Counter(post.person.name for post in posts)
    return {
        f"{post.person.name} ({post})" if shared[post.person.name] > 1 else post.person.name: post
        for post in posts
    }


def post_named(choices: dict[str, Post], typed: str) -> Post:
    """The post that was meant: the whole name, or enough of it. Raises Refused for nobody and for several."""
    wanted = typed.strip().casefold()
    exact = [post for name, post in choices.items() if name.casefold() == wanted]
    if exact:
        return exact[0]
    begun = (
        [name for name in choices if any(_begins(part, wanted) for part in _tails(name))] if wanted else []
    )
    if len(begun) == 1:
        return choices[begun[0]]
    if not begun:
        raise Refused("Nobody here has that name; choose one from the list.", field="person")
    raise Refused(f"Several people match: {', '.join(begun[:5])}. Type more of the name.", field="person")


def own_posts(person_id: int, today: dt.date) -> list[Post]:
    """The person's posts that are not over, as far as the door shows them. One query."""
    rows = Post.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today), person=person_id)
    return list(rows.select_related("school", "person").order_by("starts_on", "pk"))


def _tails(name: str) -> Sequence[str]:
    """`Ada van Dyck` → itself, `van Dyck`, `Dyck`: people type any part of a name."""
    words = name.split()
    return [" ".join(words[start:]) for start in range(len(words))]


def _begins(text: str, wanted: str) -> bool:
    return text.casefold().startswith(wanted)
