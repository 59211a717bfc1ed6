"""What can go wrong, told to the person who typed the command."""


class EmbeddedError(RuntimeError):
    """The embedded server cannot serve; the message says why and what to do."""
