"""This room yields no facts of its own: people are counted by what was done for them (README)."""

from __future__ import annotations

from cauce.records.base import FactSource

SOURCES: list[FactSource] = []
