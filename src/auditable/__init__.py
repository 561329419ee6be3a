"""auditable: every published number, traced to its ink and checked."""

__version__ = "0.1.0"
