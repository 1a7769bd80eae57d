"""Screens of accounts and roles, of elevation, of the lock and of one's own account."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cauce.access import actions, elevation, forms, lock, queries
from cauce.access.catalogue import described_roles
from cauce.access.guard import requires, signed_in
from cauce.access.models import User
from cauce.access.roles import ROLES
from cauce.kernel.problems import Problem
from cauce.ui import forms as ui
from cauce.ui.tables import Column, Listing

SECTION = "access"


def _roles_of(user: User) -> str:
    return ", ".join(str(ROLES[grant.role].name) for grant in user.live_grants if grant.role in ROLES) or "—"


COLUMNS = [
    Column("full_name", gettext_lazy("Persona"), url=lambda user: reverse("access:account_page", args=[user.pk]),
           note=lambda user: user.username, sort="full_name"),
    Column("roles", gettext_lazy("Funciones"), value=_roles_of),
    Column("office", gettext_lazy("Oficina"), value="office.name", sort="office__name"),
    Column("last_login", gettext_lazy("Última entrada"), kind="moment", sort="last_login"),
    Column("is_active", gettext_lazy("Abierta"), kind="flag"),
]  # fmt: skip


@requires("access.view")
def accounts(request: HttpRequest) -> HttpResponse:
    """All accounts with their roles."""
    listing = Listing(
        request, queries.accounts(request.viewer), COLUMNS, key="access.accounts", title=_("Cuentas"), order="full_name"
    )
    context = {"listing": listing, "title": _("Cuentas y funciones"), "section": SECTION}
    return render(request, "access/accounts.html", context)


def _account_or_404(request: HttpRequest, pk: UUID) -> User:
    user = queries.account(request.viewer, pk)
    if user is None:
        raise Http404
    return user


@requires("access.view")
def account_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One account: its roles and what may be changed."""
    user = _account_or_404(request, pk)
    held = [ROLES[grant.role] for grant in user.live_grants if grant.role in ROLES]
    context = {
        "account": user, "held": held, "grant_form": forms.GrantForm(), "title": user.full_name, "section": SECTION,
    }  # fmt: skip
    return render(request, "access/account.html", context)


def _answer(request: HttpRequest, template: str, form: Any, context: dict[str, Any]) -> HttpResponse:
    return render(request, template, {"form": form, "section": SECTION, **context}, status=ui.status(form))


@requires("access.edit")
def create_account(request: HttpRequest) -> HttpResponse:
    """A new account."""
    form = forms.AccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            user = actions.create_user(
                username=data["username"], full_name=data["full_name"], office=data["office"],
                password=data["password"], roles=tuple(data["roles"]), by=request.viewer,
            )  # fmt: skip
        except Problem as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Cuenta creada. Entregue la primera contraseña en persona."))
            return redirect("access:account_page", user.pk)
    context = {"title": _("Crear cuenta"), "submit_label": _("Crear cuenta"), "back_url": reverse("access:accounts")}
    return _answer(request, "ui/form.html", form, context)


@requires("access.grant")
@require_POST
def grant_role(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Give a role."""
    user = _account_or_404(request, pk)
    return _try(request, user, lambda: actions.grant(user=user, role=request.POST.get("role", ""), by=request.viewer))


@requires("access.grant")
@require_POST
def end_role(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a role back."""
    user = _account_or_404(request, pk)
    return _try(
        request, user, lambda: actions.end_grant(user=user, role=request.POST.get("role", ""), by=request.viewer)
    )


def _try(request: HttpRequest, user: User, act: Any) -> HttpResponse:
    try:
        act()
    except Problem as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("Hecho: queda en la bitácora."))
    return redirect("access:account_page", user.pk)


@requires("access.edit")
def close_account(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Close an account, or open it again, with the reason."""
    user = _account_or_404(request, pk)
    form = ui.ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = actions.close_user if user.is_active else actions.reopen_user
        try:
            act(user=user, by=request.viewer, reason=form.cleaned_data["reason"])
        except Problem as problem:
            form.refuse(problem)
        else:
            return redirect("access:account_page", user.pk)
    title = _("Cerrar la cuenta") if user.is_active else _("Reabrir la cuenta")
    context = {
        "title": f"{title}: {user.full_name}",
        "consequences": [
            _("La persona ya no podrá entrar.") if user.is_active else _("La persona podrá entrar de nuevo."),
            _("Lo que registró permanece, a su nombre."),
        ],
        "submit_label": title,
        "danger": user.is_active,
        "back_url": reverse("access:account_page", args=[user.pk]),
    }
    return _answer(request, "ui/confirm.html", form, context)


@requires("access.edit")
def reset_password(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A new first password for somebody who forgot theirs."""
    user = _account_or_404(request, pk)
    form = forms.PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.reset_password(user=user, password=form.cleaned_data["password"], by=request.viewer)
        except Problem as problem:
            form.refuse(problem)
        else:
            messages.success(request, _("Contraseña cambiada. Entréguela en persona."))
            return redirect("access:account_page", user.pk)
    context = {
        "title": _("Nueva primera contraseña"),
        "lead": user.full_name,
        "submit_label": _("Cambiar contraseña"),
        "back_url": reverse("access:account_page", args=[user.pk]),
    }
    return _answer(request, "ui/form.html", form, context)


@requires("access.view")
def roles(request: HttpRequest) -> HttpResponse:
    """Every role in plain words: what it may do, and what only in an elevated session."""
    return render(
        request, "access/roles.html", {"roles": described_roles(), "title": _("Funciones"), "section": SECTION}
    )


@requires("access.view")
def offices(request: HttpRequest) -> HttpResponse:
    """The mission's offices."""
    return render(
        request, "access/offices.html", {"offices": queries.open_offices(), "title": _("Oficinas"), "section": SECTION}
    )


@requires("access.edit")
def open_office(request: HttpRequest) -> HttpResponse:
    """A new office."""
    form = forms.OfficeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.open_office(**form.cleaned_data, by=request.viewer)
        except Problem as problem:
            form.refuse(problem)
        else:
            return redirect("access:offices")
    context = {"title": _("Abrir oficina"), "submit_label": _("Abrir oficina"), "back_url": reverse("access:offices")}
    return _answer(request, "ui/form.html", form, context)


@requires("access.view")
def elevate(request: HttpRequest) -> HttpResponse:
    """Switch extra power on, with a reason."""
    form = forms.ElevationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            started = actions.start_elevation(
                user=request.user,
                session_key=request.session.session_key or "",
                reason=form.cleaned_data["reason"],
                by=request.viewer,
            )
        except Problem as problem:
            form.refuse(problem)
        else:
            request.session[elevation.SESSION_KEY] = started.pk
            return redirect("access:accounts")
    context = {
        "title": _("Iniciar sesión elevada"),
        "consequences": [
            _("Podrá crear cuentas y dar o quitar funciones durante unos minutos."),
            _("El punto focal de protección de datos ve el motivo y cada acto."),
        ],
        "submit_label": _("Iniciar"),
        "back_url": reverse("access:accounts"),
    }
    return _answer(request, "ui/confirm.html", form, context)


@signed_in
@require_POST
def end_elevation(request: HttpRequest) -> HttpResponse:
    """Switch it off before its time."""
    current = elevation.in_force(request)
    request.session.pop(elevation.SESSION_KEY, None)
    if current:
        actions.end_elevation(elevation=current, by=request.viewer)
    return redirect("access:accounts")


@signed_in
def own_account(request: HttpRequest) -> HttpResponse:
    """One's own account: roles in plain words, password, one-time codes."""
    held = [ROLES[key] for key in request.viewer.roles]
    return render(
        request,
        "access/own_account.html",
        {"held": held, "codes_on": lock.has_codes(request.user), "title": _("Mi cuenta")},
    )


@signed_in
@require_POST
def lock_now(request: HttpRequest) -> HttpResponse:
    """Lock the screen: what was open stays open, but nobody sees it without the password."""
    lock.lock(request)
    return redirect(f"{reverse('access:unlock')}?{urlencode({'next': request.POST.get('next', '/')})}")


@signed_in
def unlock(request: HttpRequest) -> HttpResponse:
    """The password again."""
    form = forms.UnlockForm(request.POST or None)
    after = request.POST.get("next") or request.GET.get("next") or "/"
    if not url_has_allowed_host_and_scheme(after, allowed_hosts={request.get_host()}):
        after = "/"
    if not lock.is_locked(request):
        return redirect(after)
    if request.method == "POST" and form.is_valid():
        if lock.unlock(request, form.cleaned_data["password"]):
            return redirect(after)
        form.add_error("password", _("La contraseña no es correcta."))
    context = {"form": form, "next": after, "title": _("Pantalla bloqueada")}
    return render(request, "access/unlock.html", context, status=ui.status(form))
