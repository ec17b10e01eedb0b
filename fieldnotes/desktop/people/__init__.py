"""People and keys: one's own six words, and whose notes are here."""
