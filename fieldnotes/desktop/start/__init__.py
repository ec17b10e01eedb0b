"""The first start: a name, what somebody does, and the six words of a fresh key."""
