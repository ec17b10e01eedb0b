"""What others send: the conversation before it is read in, and the page of what came in."""
