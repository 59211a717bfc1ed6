"""The asynchronous way in, for servers that speak ASGI."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "teachercover.settings")
application = get_asgi_application()

from schools.tenancy.checks import require_doors  # noqa: E402  what it looks at exists only now

require_doors()
