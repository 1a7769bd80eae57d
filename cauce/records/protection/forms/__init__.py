"""Forms of this room. They tidy what was typed; whether it is allowed, the actions say."""

from cauce.records.protection.forms.cases import (
    AssignForm,
    CaseFilter,
    CategoryForm,
    CloseForm,
    CorrectionForm,
    OpenForm,
    PlanForm,
)
from cauce.records.protection.forms.vaults import ChildForm, IncidentForm, TraffickingForm

__all__ = [
    "AssignForm",
    "CaseFilter",
    "CategoryForm",
    "ChildForm",
    "CloseForm",
    "CorrectionForm",
    "IncidentForm",
    "OpenForm",
    "PlanForm",
    "TraffickingForm",
]
