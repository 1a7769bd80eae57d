"""Survey rounds and interviews."""
