"""The window: the only package that imports PySide6.

Widgets render values and emit drafts; pages call operations through the runner and ask again
when a `Changes` concerns them. `theme` and `icons` give every part its colours, fonts and signs,
`widgets` holds the parts that know no operation.
"""
