"""Rough notes of a meeting, split into proposals that a person takes one by one."""
