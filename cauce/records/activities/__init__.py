"""Events of every type, their sessions and attendance."""
