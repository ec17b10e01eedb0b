"""As much of jeepney.io as fieldnotes uses."""
