"""Filters of the lists; all of them choices and dates, so that they may be remembered."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from cauce.records.assistance import vocabulary
from cauce.records.assistance.enums import ItemState, ProcedureState, ReferralState, ServiceState, SupportState
from cauce.ui import forms as ui

_ANY = _("Todos")


def _listed(key: str) -> Any:
    return lambda: [("", _ANY), *vocabulary.choices(key)]


class DatedFilter(ui.FilterForm):
    since = ui.DayField(label=_("Desde"))
    until = ui.DayField(label=_("Hasta"))


class ServiceFilter(DatedFilter):
    type = forms.ChoiceField(label=_("Servicio"), choices=_listed("service_types"))
    state = forms.ChoiceField(label=_("Estado"), choices=[("", _ANY), *ServiceState.choices])
    field_order = ["type", "state", "since", "until"]


class ReferralFilter(DatedFilter):
    type = forms.ChoiceField(label=_("Servicio"), choices=_listed("service_types"))
    state = forms.ChoiceField(label=_("Estado"), choices=[("", _ANY), *ReferralState.choices])
    field_order = ["type", "state", "since", "until"]


class ProcedureFilter(DatedFilter):
    type = forms.ChoiceField(label=_("Trámite"), choices=_listed("identity_procedures"))
    state = forms.ChoiceField(label=_("Estado"), choices=[("", _ANY), *ProcedureState.choices])
    field_order = ["type", "state", "since", "until"]


class ItemFilter(DatedFilter):
    item_class = forms.ChoiceField(label=_("Clase"), choices=_listed("item_classes"))
    state = forms.ChoiceField(label=_("Estado"), choices=[("", _ANY), *ItemState.choices])
    field_order = ["item_class", "state", "since", "until"]


class SupportFilter(DatedFilter):
    item_class = forms.ChoiceField(label=_("Clase"), choices=_listed("item_classes"))
    state = forms.ChoiceField(label=_("Estado"), choices=[("", _ANY), *SupportState.choices])
    field_order = ["item_class", "state", "since", "until"]


def narrow(rows: QuerySet, values: dict[str, Any]) -> QuerySet:
    """Apply a filter's values; ``sort_on`` is the date a list is ordered by."""
    for name in ("type", "state", "item_class"):
        if (value := values.get(name)) is not None:
            path = "lines__item_class" if name == "item_class" and hasattr(rows.model, "lines") else name
            rows = rows.filter(**{path: value})
    if since := values.get("since"):
        rows = rows.filter(sort_on__gte=since)
    if until := values.get("until"):
        rows = rows.filter(sort_on__lte=until)
    return rows.distinct() if "item_class" in values else rows
