"""The web server: threads, because a page waits for the database most of the time; one process unless told otherwise."""

import os

wsgi_app = "teachercover.wsgi"
bind = f"127.0.0.1:{os.environ.get('PORT') or 8000}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY") or 1)
threads = int(os.environ.get("WEB_THREADS") or 8)

# Each process opens its own connection pool, which must not be shared across a fork.
preload_app = False

timeout = 60
graceful_timeout = 8
keepalive = 5
loglevel = "warning"

# Nobody steers the server from outside, and the socket's default place is a folder that all installations share.
control_socket_disable = True
