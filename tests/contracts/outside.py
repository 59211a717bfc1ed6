"""What lies outside the walls, and why that is right. Each entry is checked: one that is gone must leave the list."""

IDENTITY = {
    "schools.user": "the sign-in code must find a login before any door is open; it holds an e-mail and no school data",
    "sessions.session": "belongs to a browser; the middleware reads it to learn who is asking",
    "knox.authtoken": "belongs to a login; the middleware reads it to learn who is asking",
    "axes.accessattempt": "counts wrong passwords before anybody is signed in",
    "axes.accessattemptexpiration": "says when a lockout ends; read before anybody is signed in",
    "axes.accesslog": "says when a login was used; written before a door is open",
    "axes.accessfailurelog": "records a refused sign-in, outside the door, so that the record survives the roll-back",
}
"""Models with rows about logins, by label."""

FRAMEWORK = {
    "auth.permission": "Django's table of model names; the same for everybody",
    "auth.group": "Django's; unused, and empty: roles are memberships",
    "contenttypes.contenttype": "Django's table of model names; the same for everybody",
    "admin.logentry": "Django's; unused, and empty: the office's changes are audit entries",
}
"""Models that come with the framework and hold nothing of a school."""

OUTSIDE = {**IDENTITY, **FRAMEWORK}
EMPTY = ("auth.group", "admin.logentry")
"""Framework models that may never get a row."""
