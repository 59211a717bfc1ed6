"""The web server's way in."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "teachercover.settings")
application = get_wsgi_application()

from schools.tenancy.checks import require_doors  # noqa: E402  what it looks at exists only now

require_doors()
