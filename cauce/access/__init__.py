"""Users, roles, offices, and who may see and do what."""
