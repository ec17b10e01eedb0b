"""What went where: files that were made and that came, and where one note went."""
