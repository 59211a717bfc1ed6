"""A login, and nothing else."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from .district import District


class UserManager(BaseUserManager["User"]):
    """Users are outside the walls: only the sign-in code and the office's user list read them."""

    def create_user(
        self, email: str, password: str | None, *, district: District | int, **fields: Any
    ) -> "User":
        """A new login. Without a password it cannot sign in until one is set by a reset link."""
        district_id = district if isinstance(district, int) else district.pk
        user = self.model(email=self.normalize_email(email), district_id=district_id, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        """Addresses are compared and stored in lower case."""
        return (email or "").strip().lower()

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=self.normalize_email(username))


class User(AbstractBaseUser):
    """A login of one district. What it may do is said by its memberships; who it is, by the person it belongs to."""

    email = models.EmailField(unique=True)
    district = models.ForeignKey(District, models.PROTECT, related_name="+")
    is_active = models.BooleanField(
        default=True, help_text="switched off: cannot sign in, everything recorded stays"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["id", "district"], name="schools_user_district_id_target")
        ]

    def __str__(self) -> str:
        return self.email

    def clean(self) -> None:
        self.email = UserManager.normalize_email(self.email)
