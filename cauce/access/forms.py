"""Forms of accounts, roles, elevation and the lock."""

from __future__ import annotations

from allauth.account.forms import LoginForm
from django import forms
from django.utils.translation import gettext_lazy as _

from cauce.access import queries
from cauce.access.roles import ROLES
from cauce.ui import forms as ui


def _offices() -> list[tuple[str, str]]:
    return [(office.code, office.name) for office in queries.open_offices()]


def _roles() -> list[tuple[str, object]]:
    return [(role.key, role.name) for role in ROLES.values()]


class AccountForm(ui.Form):
    """A new account."""

    full_name = forms.CharField(label=_("Nombre completo"), max_length=120)
    username = forms.CharField(
        label=_("Nombre de usuario"),
        max_length=40,
        help_text=_("Minúsculas, números, puntos o guiones; por ejemplo ana.robles"),
    )
    office = forms.ChoiceField(label=_("Oficina"), choices=_offices)
    password = forms.CharField(
        label=_("Primera contraseña"),
        help_text=_("12 caracteres o más. La persona elegirá la suya al entrar por primera vez."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    roles = ui.CheckCards(label=_("Funciones"), choices=_roles, required=False)


class GrantForm(ui.Form):
    """A role to give."""

    role = forms.ChoiceField(label=_("Función"), choices=_roles)


class PasswordForm(ui.Form):
    """A new first password."""

    password = forms.CharField(
        label=_("Nueva primera contraseña"),
        help_text=_("12 caracteres o más. La persona elegirá la suya al entrar."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class ElevationForm(ui.ReasonForm):
    """Why extra power is needed now."""


class OfficeForm(ui.Form):
    """A new office."""

    code = forms.RegexField(
        r"^[A-Z]{3,6}$",
        label=_("Clave"),
        help_text=_("De 3 a 6 letras mayúsculas; comienza todos sus folios, por ejemplo TIJ"),
    )
    name = forms.CharField(label=_("Nombre"), max_length=80)
    place = forms.RegexField(
        r"^\d{5}$", label=_("Municipio (clave INEGI)"), help_text=_("Cinco cifras, por ejemplo 02004 para Tijuana")
    )


class UnlockForm(ui.Form):
    """The password again, after a pause."""

    password = forms.CharField(
        label=_("Contraseña"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True})
    )


class SignInForm(LoginForm):
    """Our words instead of the library's: no link to a reset that does not exist, no placeholders."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Nombre de usuario")
        self.fields["password"].label = _("Contraseña")
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
