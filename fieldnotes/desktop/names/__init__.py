"""Names and tags: what is written in notes, and what it means."""
