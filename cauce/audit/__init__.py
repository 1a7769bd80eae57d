"""The append-only, hash-chained log of writes and sensitive reads."""
