"""Capture: a small window to write a note down in two minutes, without the mouse or the network.

What is typed is kept on disk at every pause and comes back after a crash; saving goes through
one operation. `capture_window` is the window, the other modules are its parts.
"""
