"""Accounts as they stand in a house where people come and go, and an elevated session that says why."""

from __future__ import annotations

from cauce.access import actions
from cauce.access.demo import PASSWORD
from cauce.access.queries import viewer_for
from cauce.simulator.present.cast import Cast


def accounts(cast: Cast) -> None:
    """Adán makes the account of a new colleague, who has no function yet, and closes that of one who left."""
    by = cast["adan"]
    elevation = actions.start_elevation(
        user=cast.user("adan"),
        session_key="demostración",
        reason="Alta de Sara Chi y baja de Beto Noh, que dejó la misión (simulado)",
        by=by,
    )
    elevated = viewer_for(cast.user("adan"), elevation=elevation, is_command=True)
    for username, full_name, office in (
        ("sara", "Sara Chi (simulada)", "TAP"),
        ("beto", "Beto Noh (simulado)", "TIJ"),
    ):
        actions.create_user(username=username, full_name=full_name, office=office, password=PASSWORD, by=elevated)
    actions.close_user(user=cast.user("beto"), by=elevated, reason="Dejó la misión (simulado)")
    actions.end_elevation(elevation=elevation, by=elevated)
