"""Facts: one pseudonymous row per act, kept as columnar files by month."""
