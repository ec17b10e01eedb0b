"""As much of dateutil as fieldnotes uses."""
