"""Puts ``request.viewer`` on every request, and stands at the door of a locked or first session."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode

from cauce.access import elevation, lock
from cauce.access.queries import viewer_for

# Where a locked session may still go; where one that must choose a password may.
_OPEN_WHEN_LOCKED = ("access:unlock", "access:lock", "account_logout")
_OPEN_BEFORE_PASSWORD = ("account_change_password", "account_logout", "access:unlock", "access:lock")


class ViewerMiddleware:
    """``request.viewer`` is the signed-in Viewer or None; computed once a request.

    What a signed-in person is shown is kept by no browser: after signing out, "back" shows nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.viewer = None  # type: ignore[attr-defined]
        if not request.user.is_authenticated:
            return self.get_response(request)
        response = self._answer(request)
        response.setdefault("Cache-Control", "no-store")
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        if lock.is_locked(request):
            if not self._at(request, _OPEN_WHEN_LOCKED):
                return self._to_lock(request)
        elif request.user.must_change_password and not self._at(request, _OPEN_BEFORE_PASSWORD):
            return redirect("account_change_password")
        viewer = viewer_for(request.user, elevation=elevation.in_force(request))
        request.viewer = viewer  # type: ignore[attr-defined]
        if "cauce_language" not in request.COOKIES:
            translation.activate(viewer.language)
        return self.get_response(request)

    @staticmethod
    def _at(request: HttpRequest, names: tuple[str, ...]) -> bool:
        return any(request.path == reverse(name) for name in names)

    @staticmethod
    def _to_lock(request: HttpRequest) -> HttpResponse:
        address = reverse("access:unlock")
        if request.headers.get("HX-Request"):
            # A part of a page is asking: send the whole page to the lock.
            return HttpResponse(status=204, headers={"HX-Redirect": address})
        return redirect(f"{address}?{urlencode({'next': request.get_full_path() if request.method == 'GET' else '/'})}")
