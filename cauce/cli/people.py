"""As whom a command acts: a named account, with the rights that account has."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cauce.access.models import User
from cauce.access.queries import viewer_for
from cauce.access.viewer import Viewer
from cauce.cli.ready import check_installed
from cauce.kernel.problems import Problem


def acting(username: str) -> Viewer:
    """The viewer of an open account. Raises Problem ``cli.no_account``, ``cli.not_set_up``."""
    check_installed()
    user = User.objects.filter(username__iexact=username, is_active=True).select_related("office").first()
    if user is None:
        raise Problem(
            "cli.no_account",
            _("No hay una cuenta abierta «%(username)s»."),
            fix=_("Indique con --as una cuenta que pueda hacerlo; queda a su nombre en la bitácora."),
            username=username,
        )
    return viewer_for(user, is_command=True)
