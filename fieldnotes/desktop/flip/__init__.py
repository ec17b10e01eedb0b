"""Two words in, what worked out, in type that is read at arm's length."""
