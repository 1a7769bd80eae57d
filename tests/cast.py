"""The cast: the same few colleagues in every test, with fixed roles, in two offices.

    def test_…(cast):
        case = protection.actions.open_case(…, by=cast.ana)

Ana Lucía (Tijuana) works cases; Berta is her colleague in Tapachula, a stranger to Tijuana's
records; the others are named after what they do. All of them are invented.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.test import Client

from cauce.access.models import Grant, Office, User
from cauce.access.queries import viewer_for
from cauce.access.viewer import Viewer

PASSWORD = "contraseña de prueba 22"

# name → (full name, office, roles)
MEMBERS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "ana": ("Ana Lucía Robles (simulada)", "TIJ", ("case_worker",)),
    "berta": ("Berta Chan (simulada)", "TAP", ("case_worker",)),
    "monitor": ("Elsa Tun (simulada)", "TIJ", ("shelter_monitor",)),
    "gbv": ("Marta Ucán (simulada)", "TIJ", ("gbv_specialist",)),
    "child": ("Inés Pool (simulada)", "TIJ", ("child_protection",)),
    "returns": ("Raúl Canul (simulado)", "TIJ", ("return_counsellor",)),
    "nurse": ("Nora Dzib (simulada)", "TIJ", ("health",)),
    "logistics": ("Lalo Ek (simulado)", "TIJ", ("logistician",)),
    "trainer": ("Tere Mis (simulada)", "TIJ", ("trainer",)),
    "press": ("Paco Cob (simulado)", "TIJ", ("press_officer",)),
    "policy": ("Pilar Cen (simulada)", "TIJ", ("policy_officer",)),
    "info": ("Luis Ernesto Balam (simulado)", "TIJ", ("information_officer",)),
    "focal": ("Delia May (simulada)", "TIJ", ("data_protection",)),
    "head": ("Jimena Couoh (simulada)", "TIJ", ("head_of_mission",)),
    "admin": ("Adán Poot (simulado)", "TIJ", ("administrator",)),
}


@dataclass
class Cast:
    """``cast.ana`` is Ana's Viewer; ``cast.user("ana")`` her account; ``cast.client("ana")`` her browser."""

    users: dict[str, User]

    def __getattr__(self, name: str) -> Viewer:
        try:
            return viewer_for(self.users[name])
        except KeyError:
            raise AttributeError(name) from None

    def user(self, name: str) -> User:
        return self.users[name]

    def client(self, name: str) -> Client:
        """A browser in which this colleague is signed in."""
        client = Client()
        client.force_login(self.users[name], backend="allauth.account.auth_backends.AuthenticationBackend")
        return client


def assemble() -> Cast:
    """Write offices, accounts and grants; the state every test begins with."""
    offices = {
        code: Office.objects.get_or_create(code=code, defaults={"name": name, "place": place})[0]
        for code, name, place in (("TIJ", "Tijuana", "02004"), ("TAP", "Tapachula", "07089"))
    }
    users = {}
    for name, (full_name, office, roles) in MEMBERS.items():
        user = User(username=name, full_name=full_name, office=offices[office])
        user.set_password(PASSWORD)
        user.save()
        Grant.objects.bulk_create(Grant(user=user, role=role, granted_by="system") for role in roles)
        users[name] = user
    return Cast(users)
