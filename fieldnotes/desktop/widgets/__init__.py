"""Reusable parts that know no operation: they show plain values and say what happened.

Every text that came from a person is drawn as plain text, every control has an accessible name
and works from the keyboard, and colours come from `theme.current()` at the moment of painting,
so that a change of theme needs no more than a repaint.
"""
