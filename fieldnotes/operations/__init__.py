"""What a user can ask for: one function a verb. Only here are transactions opened."""
