"""Other programs with the same notes, each in its own process of an environment of its own."""
