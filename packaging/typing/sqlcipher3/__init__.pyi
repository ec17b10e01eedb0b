"""What mypy reads in place of the SQL engine, which brings no types of its own."""
