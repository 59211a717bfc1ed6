"""PostgreSQL without an installation: the demo's and the tests' own server, from binaries that pip brings.

    with Cluster("test") as cluster:
        connect(cluster.urls["web"])

Plain Python; nothing here imports Django. `cluster` is what others use; `supervisor` is the process that
looks after the server.
"""

from .cluster import Cluster
from .errors import EmbeddedError

__all__ = ["Cluster", "EmbeddedError"]
