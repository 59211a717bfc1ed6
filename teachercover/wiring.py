"""The only place that connects a lower app's news to what a higher app does about it."""


def connect() -> None:
    """Called once when the apps are ready."""
