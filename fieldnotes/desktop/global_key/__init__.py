"""One key that works in every program: taken as the desktop at hand allows, or not at all."""
