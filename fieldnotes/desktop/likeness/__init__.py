"""Said before: notes that say the same thing, gone through one pair after the other."""
