"""Promises: what is due, and what became of the rest."""
