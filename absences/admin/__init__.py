"""The office's pages of absences."""

from . import absences, reasons

__all__ = ["absences", "reasons"]
