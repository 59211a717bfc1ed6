"""Settings of every environment; the environment's variables decide the rest."""

from .base import *  # noqa: F403  the three files together are the settings
from .security import *  # noqa: F403
from .services import *  # noqa: F403
