"""A build of Python's own sqlite3 module against another SQLite: the same names, the same types."""

from sqlite3 import *  # noqa: F403
