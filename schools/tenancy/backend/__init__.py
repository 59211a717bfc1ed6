"""Django's PostgreSQL backend, with connections that are refused unless they are powerless."""
