"""Sensitivity of every stored column (domain.md R24); a column without a class fails the build."""

from enum import StrEnum


class Privacy(StrEnum):
    """How much harm a column's value could do in the wrong hands.

    PUBLIC may be published; RESTRICTED is for staff of the mission; CONFIDENTIAL identifies or
    describes a person; STRICTLY_CONFIDENTIAL could endanger one and is always stored sealed or
    behind a vault's role.
    """

    PUBLIC = "public"
    RESTRICTED = "restricted"
    CONFIDENTIAL = "confidential"
    STRICTLY_CONFIDENTIAL = "strictly_confidential"
