"""The notes: finding them, reading one, drafts, and what was not sent yet.

`list_pane` finds and `reader_pane` shows; both stand in `notes_page`. `rows` and `reading` say
what the panes need to know and are made beside the window, on the runner's threads.
"""
