"""Every page the browser opens: the address, who opens it, and with which record of ``prepare.py``.

A new address needs a line here (``test_every_address_has_its_page`` says so): a page with parameters
names its record, an address that is no page says what it is.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver, reverse

from cauce.access.roles import ROLES
from tests.architecture.matrix import MATRIX
from tests.cast import MEMBERS

# Who opens a page, unless it is said below: the first with the right to.
ORDER = ("ana", "child", "monitor", "nurse", "logistics", "trainer", "info", "policy", "focal", "head", "admin")

# Who opens a page, where the record is open to nobody else.
WHO = {
    "protection:incidents": "gbv", "protection:new_incident": "gbv", "protection:trafficking": "gbv",
    "protection:void_incident": "gbv", "protection:child": "child", "places:site-address": "ana",
    "people:name": "ana", "programmes:month": "logistics",
}  # fmt: skip

# Pages with parameters → the record they show; several parameters as a dictionary.
RECORDS: dict[str, str | dict[str, str]] = {
    "access:account_page": "account", "access:close_account": "account", "access:reset_password": "account",
    "desk:timeline": "person",
    "places:site": "site", "places:site-address": "site", "places:site-correct": "site", "places:site-close": "site",
    "places:site-reopen": "closed_site", "places:site-void": "site", "places:site-offer": "site",
    "places:organisation": "organisation", "places:organisation-correct": "organisation",
    "places:organisation-void": "organisation", "places:organisation-offer": "organisation", "places:offer-end": "offer",
    "programmes:project": "project", "programmes:project-correct": "project", "programmes:project-void": "project",
    "programmes:donor": "donor", "programmes:donor-correct": "donor", "programmes:donor-void": "donor",
    "programmes:response": "response", "programmes:response-correct": "response", "programmes:response-void": "response",
    "programmes:month": {"office": "TIJ", "month": "@month"},
    "programmes:month-reopen": {"office": "TIJ", "month": "@month"},
    "people:person": "person", "people:registered": "person", "people:correct": "person", "people:void": "person",
    "people:name": "survivor", "people:contact": "person", "people:document": "person", "people:consents": "person",
    "people:ask": "person", "people:join": "person_5", "people:leave": "person_1", "people:decisions": "person",
    "people:decide": "person", "people:group": "group", "people:withdraw": "consent", "people:lift": "decision",
    "people:void_document": "document",
    "assistance:person": {"person": "@person_1"}, "assistance:serve": {"person": "@person_1"},
    "assistance:refer": {"person": "@person_1"}, "assistance:deliver_item": {"person": "@person_1"},
    "assistance:receive_procedure": {"person": "@person_1"},
    "assistance:service": "service", "assistance:service_deliver": "planned_service",
    "assistance:service_cancel": "planned_service", "assistance:service_correct": "planned_service",
    "assistance:service_void": "planned_service",
    "assistance:referral": "referral",
    "assistance:referral_step": {"pk": "@referral", "to": "declined"},
    "assistance:procedure": "procedure", "assistance:procedure_step": {"pk": "@procedure", "to": "submitted"},
    "assistance:procedure_correct": "procedure", "assistance:procedure_void": "procedure",
    "assistance:item": "item", "assistance:item_deliver": "planned_item", "assistance:item_cancel": "planned_item",
    "assistance:item_correct": "item", "assistance:item_void": "item",
    "assistance:support": "support", "assistance:support_dispatch": "planned_support",
    "assistance:support_receive": "sent_support", "assistance:support_cancel": "planned_support",
    "assistance:support_correct": "support", "assistance:support_void": "support",
    "assistance:line_correct": {"pk": "@support", "line": "@line"},
    "protection:person": {"person": "@person"}, "protection:open": {"person": "@person_6"},
    "protection:case": "case", "protection:seen": "case", "protection:serve": "case", "protection:refer": "case",
    "protection:items": "case", "protection:begin": "identified", "protection:plan": "case",
    "protection:recategorise": "case", "protection:assign": "case", "protection:hold": "case",
    "protection:correct": "case", "protection:close": "case", "protection:reopen": "closed", "protection:void": "case",
    "protection:incidents": "gbv_case", "protection:new_incident": "gbv_case", "protection:void_incident": "incident",
    "protection:trafficking": "trafficking_case", "protection:child": "child_case",
    "activities:event": "event", "activities:correct": "event", "activities:cancel": "planned_event",
    "activities:void": "event", "activities:evaluate": "event", "activities:evaluation-correct": "event",
    "activities:session-add": "event", "activities:session-correct": "session", "activities:session-void": "session",
    "activities:attendance": "event", "activities:attendance-add": "event", "activities:attendance-count": "event",
    "activities:scores": "participation", "activities:participation-correct": "participation",
    "activities:participation-void": "participation",
    "surveys:round": "round", "surveys:correct": "round", "surveys:close": "round", "surveys:void": "round",
    "surveys:interview-correct": "interview", "surveys:interview-void": "interview",
    "surveys:publish": "round", "editions:public": {"name": "@published_name"},
    "desk:figure": {"key": "protection.cases"}, "desk:figure_rule": {"key": "protection.cases"},
    "desk:figure_records": {"key": "protection.cases"},
    "desk:figure_why": {"key": "protection.cases", "room": "protection", "pk": "@case"},
    "capture:batch": "batch", "capture:withdraw": "done_batch",
    "editions:edition": "draft", "editions:step": {"pk": "@draft", "step": "descartar"},
}  # fmt: skip

# Shown only just after the password was given, or with codes switched on: ``test_work.py`` walks them.
IN_STEPS = {
    "account_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes", "mfa_index",
}  # fmt: skip
STRANGER = {"account_login", "editions:published", "editions:public"}
# Addresses that only take what a form sends, and those that give a file, a part of a page or another address.
POSTED = {
    "access:grant_role", "access:end_role", "access:end_elevation", "access:lock", "ui:language", "desk:verify_log",
    "places:site-address", "programmes:month-submit", "programmes:month-validate", "programmes:month-lock",
    "people:receive", "activities:attendance-add", "activities:attendance-count", "activities:hold",
    "activities:validate", "activities:mark", "activities:presence", "surveys:start", "surveys:file",
    "protection:resume", "capture:confirm", "capture:stop", "capture:resume",
}  # fmt: skip
NO_PAGE = {
    "account_inactive", "account_logout", "people:search", "access:unlock", "account_signup", "account_reset_password", "mfa_authenticate", "mfa_reauthenticate",
    "mfa_download_recovery_codes", "capture:template", "capture:progress", "capture:errors", "desk:interval",
    "desk:figure_table", "activities:attendance-sheet", "editions:preview", "editions:file",
    "editions:public_style", "editions:public_file",
}  # fmt: skip


@dataclass(frozen=True)
class Opened:
    """An address and who opens it ("" is somebody not signed in)."""

    name: str
    who: str

    def address(self, made: dict[str, str]) -> str:
        given = RECORDS.get(self.name, {})
        kwargs = {"pk": f"@{given}"} if isinstance(given, str) else given
        return reverse(
            self.name, kwargs={key: made[text[1:]] if text[0] == "@" else text for key, text in kwargs.items()}
        )

    def __str__(self) -> str:
        return f"{self.name}-{self.who or 'stranger'}"


def addresses(resolver: URLResolver | None = None, namespace: str = "") -> dict[str, URLPattern]:
    """Every named address of the house with its pattern."""
    found = {}
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            found |= addresses(each, f"{namespace}{each.namespace}:" if each.namespace else namespace)
        else:
            found[f"{namespace}{each.name}"] = each
    return found


def may(member: str, permissions: tuple[str, ...]) -> bool:
    role = ROLES[MEMBERS[member][2][0]]
    return not permissions or bool((role.permissions | role.elevated) & set(permissions))


def who_opens(name: str) -> str:
    if name in STRANGER:
        return ""
    return WHO.get(name) or next(member for member in ORDER if may(member, MATRIX.get(name, ())))


def pages() -> list[Opened]:
    """Each page once, by the first who may open it; the start page by everybody."""
    listed = [name for name in addresses() if name not in POSTED | NO_PAGE | IN_STEPS]
    everybody = [member for member in MEMBERS if member != "berta"]
    found = [Opened(name, who_opens(name)) for name in listed if name != "desk:home"]
    return sorted([*found, *(Opened("desk:home", member) for member in everybody)], key=lambda each: each.who)
