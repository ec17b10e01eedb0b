"""Who says so: identities, signatures, sealing, and who is known here."""
