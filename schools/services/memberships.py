"""Who may act where: roles given and taken away."""

import datetime as dt

from schools.errors import Refused
from schools.models import Membership, School, User
from schools.models.membership import DISTRICT_ROLES, Role
from schools.services.audit import record


def grant_membership(
    *,
    user: User,
    role: Role,
    school: School | None,
    starts_on: dt.date,
    ends_on: dt.date | None = None,
    actor: User | None,
) -> Membership:
    """Give a login a role in one school, or in the district. Both dates are inclusive.

    A login has a role in a place once: granting it again changes its dates. Raises Refused where role and place do not go
    together.
    """
    role = Role(role)
    if role in DISTRICT_ROLES and school is not None:
        raise Refused(
            f"“{role.label}” is a role of the whole district; leave the school empty.", field="school"
        )
    if role not in DISTRICT_ROLES and school is None:
        raise Refused(f"“{role.label}” is a role at one school; name the school.", field="school")
    if school is not None and school.district_id != user.district_id:
        raise Refused("This school belongs to another district than the login.", field="school")
    if ends_on is not None and ends_on < starts_on:
        raise Refused("The last day lies before the first.", field="ends_on")
    if ends_on is not None:
        _keep_own_role(user, role, actor)
    found = (
        Membership.objects.filter(user=user, role=role, school=school).select_for_update(of=("self",)).first()
    )
    before = (found.starts_on, found.ends_on) if found else None
    if found is not None and before == (starts_on, ends_on):
        return found
    membership = found or Membership(district_id=user.district_id, user=user, role=role, school=school)
    membership.starts_on, membership.ends_on = starts_on, ends_on
    membership.save()
    record(
        action="membership.grant",
        subject=membership,
        actor=actor,
        changes={
            "role": (role.value if found else None, role.value),
            "dates": (_plain(before), _plain((starts_on, ends_on))),
        },
    )
    return membership


def end_membership(*, membership: Membership, on: dt.date, actor: User | None, reason: str = "") -> None:
    """Let a role end with this day; one that would not have begun by then is taken back whole.

    Ending what has ended by then changes nothing. Raises Refused for an administrator's own role: nobody locks themselves out.
    """
    membership = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
    if membership.ends_on is not None and membership.ends_on <= on:
        return
    _keep_own_role(membership.user, Role(membership.role), actor)
    before = _plain((membership.starts_on, membership.ends_on))
    after = _plain((membership.starts_on, on)) if membership.starts_on <= on else None
    record(
        action="membership.end",
        subject=membership,
        actor=actor,
        reason=reason,
        changes={"dates": (before, after)},
    )
    if after is None:
        membership.delete()
        return
    membership.ends_on = on
    membership.save(update_fields=["ends_on"])


def _keep_own_role(user: User, role: Role, actor: User | None) -> None:
    if role is Role.DISTRICT_ADMIN and actor is not None and user.pk == actor.pk:
        raise Refused("You cannot end your own role; another administrator can.")


def _plain(dates: tuple[dt.date, dt.date | None] | None) -> list[str | None] | None:
    return [day.isoformat() if day else None for day in dates] if dates else None
