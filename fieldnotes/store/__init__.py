"""What we remember: the only package that speaks SQL.

A library is a folder: `library.db` (records, history, index, roll-ups, keys), `drafts.db` (what
is typed, and saves on their way) and `blobs.db` (attachments by hash).
"""
