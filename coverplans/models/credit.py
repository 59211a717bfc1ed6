"""The fairness account."""

from django.db import models

from schools.tenancy.owned import Public, SchoolOwned, TenantKey
from schools.tenancy.wall import Wall
from staffing.models import Post
from staffing.models.person import OWN_POSTS

from .assignment import Assignment


class CreditEntry(Public, SchoolOwned):
    """Minutes of cover a post has done (+) or got back (−). Append-only: another entry, with its reason, corrects a mistake."""

    wall = Wall("school", within_self=OWN_POSTS, append_only=True)
    post = TenantKey(Post, models.PROTECT, related_name="credits", db_index=False)
    date = models.DateField()
    minutes = models.IntegerField()
    assignment = TenantKey(Assignment, models.PROTECT, null=True, blank=True, related_name="credits")
    reason = models.CharField(max_length=200)
    made_by = TenantKey("schools.User", models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(fields=["post", "date"], name="creditentry_by_post"),
            models.Index(fields=["school", "date"], name="creditentry_by_school"),
        ]
        verbose_name_plural = "credit entries"

    def __str__(self) -> str:
        return f"{self.minutes:+d} min"
