"""What others hand us: rows of other programs' exports become drafts of notes."""
