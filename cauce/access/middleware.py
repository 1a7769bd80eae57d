"""Puts ``request.viewer`` on every request."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from cauce.access import elevation
from cauce.access.queries import viewer_for


class ViewerMiddleware:
    """``request.viewer`` is the signed-in Viewer or None; computed once a request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        request.viewer = (  # type: ignore[attr-defined]
            viewer_for(user, elevation=elevation.in_force(request)) if user.is_authenticated else None
        )
        return self.get_response(request)
