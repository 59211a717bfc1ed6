"""What stops the demo, told to the person who typed the command."""


class DemoError(RuntimeError):
    """The demo cannot go on; the message says why and what to do."""
