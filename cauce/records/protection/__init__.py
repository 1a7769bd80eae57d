"""Protection cases and their restricted vaults."""
