"""Meetings that a calendar tells of: asked about once they are over."""
