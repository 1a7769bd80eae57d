"""Sign-in, password and one-time codes: only the parts of allauth that this house uses.

There is no open registration and no e-mail: accounts are given by an administrator. The names are
the ones allauth looks for.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import path
from django.views.generic import RedirectView

from cauce.access.guard import public

_to_sign_in = public("there is no registration; the address leads to the sign-in page")(
    RedirectView.as_view(pattern_name="account_login")
)

urlpatterns = [
    path("entrar/", account.login, name="account_login"),
    path("salir/", account.logout, name="account_logout"),
    path("inactiva/", account.account_inactive, name="account_inactive"),
    path("registro/", _to_sign_in, name="account_signup"),
    path("olvido/", _to_sign_in, name="account_reset_password"),
    path("confirmar/", account.reauthenticate, name="account_reauthenticate"),
    path("contrasena/", account.password_change, name="account_change_password"),
    path("codigos/", mfa.index, name="mfa_index"),
    path("codigos/entrar/", mfa.authenticate, name="mfa_authenticate"),
    path("codigos/confirmar/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("codigos/activar/", totp.activate_totp, name="mfa_activate_totp"),
    path("codigos/desactivar/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("codigos/respaldo/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("codigos/respaldo/nuevos/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("codigos/respaldo/bajar/", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
]
