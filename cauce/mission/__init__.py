"""Reads and validates mission packages: vocabularies, figures, report, terms."""

from cauce.mission.package import Mission, current, load

__all__ = ["Mission", "current", "load"]
