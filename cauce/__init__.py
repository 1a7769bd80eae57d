"""Cauce: the daily work of a migration-assistance mission, and the figures it publishes."""

__version__ = "0.1.0"
