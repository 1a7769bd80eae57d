"""The cauce command."""
