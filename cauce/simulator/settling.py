"""What became of the year's loose ends at the offices whose desks the demonstration shows.

The year is four seasons of work that is long over: a colleague of today does not wait for an answer of
2022. Where the demonstration's accounts work (``KEPT_UP``) what was left open was settled by its end,
always to something that counts no more than it did before; the other offices keep every near miss as it
was. Cases without a colleague were closed in the months after, a few are still open.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from random import Random

from cauce.simulator.world import YEAR, SimAct, SimCase

# Offices in which the accounts of the demonstration work.
KEPT_UP = frozenset({"TIJ", "TAP", "MEX"})
# (sheet, state it was left in) → how it ended. None of them is a delivery that was not one before.
_ENDS = {
    ("services", "planned"): "no_show",
    ("referrals", "sent"): "revoked",
    ("procedures", "received"): "refused",
    ("procedures", "incomplete"): "refused",
    ("procedures", "submitted"): "refused",
    ("procedures", "issued"): "delivered",
    ("items", "planned"): "not_delivered",
    ("site_support", "planned"): "cancelled",
    ("site_support", "dispatched"): "cancelled",
}
_STILL_OPEN = 0.02
_CLOSINGS = {"left_area": 70, "goal_met": 20, "withdrew": 10}


def settle(acts: Iterable[SimAct], cases: Iterable[SimCase], random: Random) -> None:
    """Bring what was left open to an end, in place. Nothing that counts stops counting, nor the other way round."""
    for act in acts:
        if act.office in KEPT_UP and (ended := _ENDS.get((act.sheet, act.values["state"]))):
            act.values["state"] = ended
    for case in cases:
        if case.closed_on is None and random.random() >= _STILL_OPEN:
            case.closed_on = date(YEAR + 1, 1, 9) + timedelta(days=random.randrange(80))
            case.closing = random.choices(list(_CLOSINGS), weights=list(_CLOSINGS.values()))[0]
