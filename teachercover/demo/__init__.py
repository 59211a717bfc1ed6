"""`make demo`: everything on one machine, started by one command and gone with it."""
