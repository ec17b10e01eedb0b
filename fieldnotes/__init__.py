"""Fieldnotes: what sellers hear in meetings, carried to the people who can use it."""

__version__ = "0.1.0"
