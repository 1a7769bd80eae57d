"""Addresses of accounts, elevation, lock and one's own account."""

from django.urls import path

from cauce.access import views

app_name = "access"
urlpatterns = [
    path("", views.accounts, name="accounts"),
    path("nueva/", views.create_account, name="create_account"),
    path("cuentas/<uuid:pk>/", views.account_page, name="account_page"),
    path("cuentas/<uuid:pk>/dar/", views.grant_role, name="grant_role"),
    path("cuentas/<uuid:pk>/quitar/", views.end_role, name="end_role"),
    path("cuentas/<uuid:pk>/cerrar/", views.close_account, name="close_account"),
    path("cuentas/<uuid:pk>/contrasena/", views.reset_password, name="reset_password"),
    path("funciones/", views.roles, name="roles"),
    path("oficinas/", views.offices, name="offices"),
    path("oficinas/nueva/", views.open_office, name="open_office"),
    path("elevar/", views.elevate, name="elevate"),
    path("elevar/terminar/", views.end_elevation, name="end_elevation"),
    path("mi-cuenta/", views.own_account, name="account"),
    path("bloquear/", views.lock_now, name="lock"),
    path("desbloquear/", views.unlock, name="unlock"),
]
