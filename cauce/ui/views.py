"""The language switch, and the pages that say what went wrong and what to do."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from cauce.kernel import disk


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language of the screen in a cookie and go back to the page."""
    return set_language(request)


# Read by the permission matrix: ui stands below access and cannot use its decorators.
language.public = "El idioma se elige antes de entrar."  # type: ignore[attr-defined]


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "400.html", 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A 403 names no permission: what is missing is for the supervisor, not for the address bar."""
    return _page(request, "403.html", 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The same page for what does not exist and what one may not know of."""
    return _page(request, "404.html", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Rendered without the shell: whatever broke may break it again. A full disk is said: somebody can do something."""
    if disk.is_full(sys.exc_info()[1]):
        return HttpResponse(render_to_string("507.html"), status=507)
    return HttpResponse(render_to_string("500.html"), status=500)


def _page(request: HttpRequest, name: str, status: int) -> HttpResponse:
    layout = "ui/base.html" if getattr(request, "viewer", None) else "ui/plain.html"
    return HttpResponse(render_to_string(name, {"layout": layout}, request), status=status)
