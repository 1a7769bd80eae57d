"""From an edition's frozen values and layout to the print document."""

from cauce.editions.composing.document import Standing, compose

__all__ = ["Standing", "compose"]
