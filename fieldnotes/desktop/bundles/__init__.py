"""Making a file to send: choose, check, done. Nothing leaves that the second step did not show."""
