"""Roles are code: reviewed, described in plain words, stored by their stable key.

Each room declares its permissions with a sentence; here they are given to roles. A test fails for
a permission nobody declared, and for one that no role has.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

# What everybody who works here needs: places, projects and their own account.
_COMMON = frozenset({"desk.home", "desk.search", "places.view", "programmes.view"})
_PEOPLE = frozenset({"people.view", "people.search"})
_REGISTER = _PEOPLE | {"people.register", "people.correct", "people.consent"}
_FIGURES = frozenset({"figures.view"})
_IMPORT = frozenset({"capture.import", "capture.withdraw"})


@dataclass(frozen=True, slots=True)
class Role:
    """What a person with this role may do. ``everywhere`` sees all offices, otherwise the own one."""

    key: str
    name: object
    description: object
    permissions: frozenset[str]
    vaults: frozenset[str] = frozenset()
    everywhere: bool = False
    # Only while an elevation with reason and time limit is in force (design.md §6).
    elevated: frozenset[str] = frozenset()


_CASES = frozenset({"protection.view", "protection.open", "protection.work"})
_SERVICES = frozenset({"assistance.view", "assistance.serve"})

ROLES: dict[str, Role] = {
    role.key: role
    for role in (
        Role(
            "shelter_monitor",
            _("Monitoreo de albergues"),
            _("Registra personas, entrega artículos y apoyos a sitios en su oficina."),
            _COMMON | _REGISTER | _SERVICES
            | {"assistance.items", "assistance.site_support", "people.groups", "places.address"},
        ),
        Role(
            "case_worker",
            _("Gestión de casos"),
            _("Abre y atiende casos de protección de su oficina, registra servicios y canalizaciones."),
            _COMMON | _REGISTER | _CASES | _SERVICES | _FIGURES | _IMPORT
            | {
                "assistance.refer", "assistance.identity", "assistance.items", "people.groups", "people.decide",
                "people.names", "places.address", "protection.close",
            },
        ),
        Role(
            "gbv_specialist",
            _("Especialista en violencia basada en género"),
            _("Atiende los casos de violencia basada en género y de trata, con nombres ocultos para los demás."),
            _COMMON | _REGISTER | _CASES | _SERVICES
            | {
                "assistance.override", "assistance.refer", "people.decide", "people.names", "places.address",
                "protection.close",
                "protection.vault",
            },
            vaults=frozenset({"gbv", "trafficking"}),
        ),
        Role(
            "child_protection",
            _("Protección de la niñez"),
            _("Atiende los casos de niñas, niños y adolescentes, decide sobre su interés superior."),
            _COMMON | _REGISTER | _CASES | _SERVICES
            | {
                "assistance.override", "assistance.refer", "assistance.identity", "people.groups", "people.decide",
                "people.names",
                "places.address", "protection.close", "protection.vault",
            },
            vaults=frozenset({"child"}),
        ),
        Role(
            "return_counsellor",
            _("Asesoría de retorno voluntario"),
            _("Registra personas y servicios previos al retorno voluntario asistido."),
            _COMMON | _REGISTER | _SERVICES | {"assistance.refer", "people.groups", "people.names"},
        ),
        Role(
            "health",
            _("Salud"),
            _("Registra consultas y pruebas, pone y levanta indicaciones de salud."),
            _COMMON | _REGISTER | _SERVICES | {"assistance.health", "assistance.refer", "people.decide"},
        ),
        Role(
            "logistician",
            _("Logística"),
            _("Entrega artículos a personas y apoyos a sitios; mantiene sitios y organizaciones."),
            _COMMON | _PEOPLE | _IMPORT
            | {
                "assistance.view", "assistance.items", "assistance.site_support", "places.address", "places.edit",
                "programmes.close",
            },
        ),
        Role(
            "trainer",
            _("Capacitación"),
            _("Organiza eventos y registra la asistencia a sus sesiones."),
            _COMMON | _FIGURES | _IMPORT | {"activities.view", "activities.edit", "activities.attend"},
        ),
        Role(
            "press_officer",
            _("Comunicación"),
            _("Lee las cifras y ediciones aprobadas para comunicarlas."),
            _COMMON | _FIGURES | {"editions.read", "activities.view"},
        ),
        Role(
            "policy_officer",
            _("Coordinación y política pública"),
            _("Lee cifras y actividades; mantiene organizaciones, proyectos y respuestas."),
            _COMMON | _FIGURES
            | {"editions.read", "activities.view", "places.edit", "programmes.edit", "surveys.view"},
        ),
        Role(
            "information_officer",
            _("Información"),
            _("Responde por las cifras de todas las oficinas: importa, revisa, prepara ediciones."),
            _COMMON | _FIGURES | _IMPORT
            | {
                "activities.view", "activities.edit", "activities.attend", "assistance.view", "editions.draft", "editions.request",
                "editions.read", "editions.publish", "figures.records", "people.view", "people.search",
                "people.register", "people.correct", "people.consent", "people.groups", "people.decide",
                "places.edit", "programmes.close", "programmes.edit", "protection.view", "protection.open",
                "protection.work", "protection.close", "assistance.serve", "assistance.refer", "assistance.items",
                "assistance.identity", "assistance.site_support", "assistance.health", "surveys.edit",
                "surveys.view", "programmes.validate",
            },
            everywhere=True,
        ),
        Role(
            "data_protection",
            _("Punto focal de protección de datos"),
            _("Ve la bitácora de escrituras y lecturas sensibles, no los expedientes."),
            _COMMON | {"audit.view", "audit.verify", "access.view", "editions.read"},
            everywhere=True,
        ),
        Role(
            "head_of_mission",
            _("Jefatura de misión"),
            _("Aprueba ediciones que otra persona preparó; ve cifras, no expedientes."),
            _COMMON | _FIGURES | {"editions.read", "editions.approve", "editions.publish", "editions.withdraw"},
            everywhere=True,
        ),
        Role(
            "administrator",
            _("Administración del sistema"),
            _("Crea cuentas y oficinas. No ve datos de personas; para otorgar funciones abre una sesión elevada."),
            _COMMON | {"access.view"},
            everywhere=True,
            elevated=frozenset({"access.edit", "access.grant"}),
        ),
    )
}  # fmt: skip
