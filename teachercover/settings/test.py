"""What differs in tests: a cheap password hash, mail kept in memory, no pool that would outlive a test database."""

import os

from . import *  # noqa: F403  the settings, changed below
from .base import DATABASES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DATABASES["default"]["OPTIONS"].pop("pool", None)
WHITENOISE_AUTOREFRESH = True
# Several test runs beside each other, each in a database of its own.
DATABASES["default"]["TEST"] = {"NAME": f"test_teachercover_{os.environ.get('TEST_DB_SUFFIX', 'main')}"}
