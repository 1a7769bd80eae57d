"""The explorer of figures: what was asked, what may be shown of it, and the records behind it.

Every number comes through ``cauce.disclosure``; nothing here counts.
"""
