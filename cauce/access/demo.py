"""The log-ins of a demonstration: shown on its sign-in page, and made only there."""

from __future__ import annotations

from dataclasses import dataclass

from cauce.access.roles import ROLES

PASSWORD = "cauce de demostración 2022"  # noqa: S105 – printed on the sign-in page of a demonstration


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An invented colleague."""

    username: str
    full_name: str
    office: str
    roles: tuple[str, ...]

    @property
    def role(self) -> str:
        return ", ".join(str(ROLES[role].name) for role in self.roles)


ACCOUNTS = (
    DemoAccount("ana", "Ana Lucía Robles (simulada)", "TIJ", ("case_worker",)),
    DemoAccount("elsa", "Elsa Tun (simulada)", "TIJ", ("shelter_monitor",)),
    DemoAccount("marta", "Marta Ucán (simulada)", "TIJ", ("gbv_specialist",)),
    DemoAccount("ines", "Inés Pool (simulada)", "TAP", ("child_protection",)),
    DemoAccount("nora", "Nora Dzib (simulada)", "TIJ", ("health",)),
    DemoAccount("raul", "Raúl Canul (simulado)", "MEX", ("return_counsellor",)),
    DemoAccount("lalo", "Lalo Ek (simulado)", "TIJ", ("logistician",)),
    DemoAccount("tere", "Tere Mis (simulada)", "MEX", ("trainer",)),
    DemoAccount("paco", "Paco Cob (simulado)", "MEX", ("press_officer",)),
    DemoAccount("pilar", "Pilar Cen (simulada)", "MEX", ("policy_officer",)),
    DemoAccount("luis", "Luis Ernesto Balam (simulado)", "MEX", ("information_officer",)),
    DemoAccount("delia", "Delia May (simulada)", "MEX", ("data_protection",)),
    DemoAccount("jimena", "Jimena Couoh (simulada)", "MEX", ("head_of_mission",)),
    DemoAccount("adan", "Adán Poot (simulado)", "MEX", ("administrator",)),
)
