"""Thresholds, suppression: the only road from a raw count to a published one."""
