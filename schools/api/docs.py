"""The schema, and the page that shows it."""

from csp.decorators import csp_update
from django.utils.decorators import method_decorator
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView

from schools.access.doors import PUBLIC


class Schema(SpectacularAPIView):
    """OpenAPI 3, the same for everybody."""

    door = PUBLIC


# The page's own script writes styles into elements: allowed here and nowhere else.
@method_decorator(csp_update({"style-src": ["'unsafe-inline'"]}), name="dispatch")
class Docs(SpectacularSwaggerSplitView):
    """Swagger UI, served from our own host."""

    door = PUBLIC
    url_name = "schema"
    title = "teachercover"
