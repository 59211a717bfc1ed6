"""The permission was decided when the door opened; the view only has to be one that declares a door."""

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from schools.access.doors import Door


class DoorPermission(BasePermission):
    """True for a view with a door. Public views need no user, all others have one by now."""

    def has_permission(self, request: Request, view: Any) -> bool:
        declared = getattr(view, "door", None)
        if not isinstance(declared, Door):
            return False
        return declared.where == "public" or bool(request.user and request.user.is_authenticated)
