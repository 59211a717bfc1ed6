"""The district office: the stock Django admin behind the walls."""

from .config import TeachercoverAdminConfig

__all__ = ["TeachercoverAdminConfig"]
