"""What things are: pure and immutable; no input or output, no clock, no randomness."""
