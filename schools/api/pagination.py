"""Lists page by key: the thousandth page costs what the first one costs."""

from rest_framework.pagination import CursorPagination


class ByKey(CursorPagination):
    """Newest first; `?cursor=` from the answer's `next`, `?page_size=` up to 200."""

    ordering = "-pk"
    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200
