"""Forms of this room. They tidy what was typed; whether it is allowed, the actions say."""

from cauce.records.assistance.forms.acts import (
    ItemForm,
    LineForm,
    LineForms,
    ProcedureForm,
    ReferralForm,
    ServiceForm,
    SupportForm,
)
from cauce.records.assistance.forms.corrections import (
    ItemCorrection,
    LineCorrection,
    ProcedureCorrection,
    ReferralCorrection,
    ServiceCorrection,
    SupportCorrection,
)
from cauce.records.assistance.forms.filters import (
    ItemFilter,
    ProcedureFilter,
    ReferralFilter,
    ServiceFilter,
    SupportFilter,
    narrow,
)
from cauce.records.assistance.forms.steps import (
    CancelForm,
    DayForm,
    DeliverForm,
    HandOverForm,
    ProcedureStepForm,
    ReceiveForm,
    ReferralStepForm,
)

__all__ = [
    "CancelForm",
    "DayForm",
    "DeliverForm",
    "HandOverForm",
    "ItemCorrection",
    "ItemFilter",
    "ItemForm",
    "LineCorrection",
    "LineForm",
    "LineForms",
    "ProcedureCorrection",
    "ProcedureFilter",
    "ProcedureForm",
    "ProcedureStepForm",
    "ReceiveForm",
    "ReferralCorrection",
    "ReferralFilter",
    "ReferralForm",
    "ReferralStepForm",
    "ServiceCorrection",
    "ServiceFilter",
    "ServiceForm",
    "SupportCorrection",
    "SupportFilter",
    "SupportForm",
    "narrow",
]
