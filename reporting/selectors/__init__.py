"""Numbers about cover."""
