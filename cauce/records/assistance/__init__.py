"""Services delivered, referrals, items, and support to sites."""
