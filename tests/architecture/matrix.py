"""The permission matrix: each address and the permissions of which one opens it."""

from __future__ import annotations

# Open to everybody; the view says why.
PUBLIC = {
    "account_login", "account_logout", "account_inactive", "account_signup", "account_reset_password", "mfa_authenticate",
    "ui:language",
}  # fmt: skip

# Any signed-in person, whatever their role: their own account, lock, language.
SIGNED_IN = {
    "account_reauthenticate", "account_change_password", "mfa_index", "mfa_reauthenticate", "mfa_activate_totp",
    "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes",
    "access:account", "access:lock", "access:unlock", "access:end_elevation",
}  # fmt: skip

# Addresses whose parameters are not ids.
SAMPLES: dict[str, dict[str, object]] = {}

MATRIX: dict[str, tuple[str, ...]] = {
    "access:accounts": ("access.view",),
    "access:create_account": ("access.edit",),
    "access:account_page": ("access.view",),
    "access:grant_role": ("access.grant",),
    "access:end_role": ("access.grant",),
    "access:close_account": ("access.edit",),
    "access:reset_password": ("access.edit",),
    "access:roles": ("access.view",),
    "access:offices": ("access.view",),
    "access:open_office": ("access.edit",),
    "access:elevate": ("access.view",),
    "desk:audit": ("audit.view",),
    "desk:verify_log": ("audit.verify",),
    "places:sites": ("places.view",),
    "places:site-new": ("places.edit",),
    "places:site": ("places.view",),
    "places:site-address": ("places.address",),
    "places:site-correct": ("places.edit",),
    "places:site-close": ("places.edit",),
    "places:site-reopen": ("places.edit",),
    "places:site-void": ("places.edit",),
    "places:site-offer": ("places.edit",),
    "places:organisations": ("places.view",),
    "places:organisation-new": ("places.edit",),
    "places:organisation": ("places.view",),
    "places:organisation-correct": ("places.edit",),
    "places:organisation-void": ("places.edit",),
    "places:organisation-offer": ("places.edit",),
    "places:offer-end": ("places.edit",),
    "programmes:projects": ("programmes.view",),
    "programmes:project-new": ("programmes.edit",),
    "programmes:project": ("programmes.view",),
    "programmes:project-correct": ("programmes.edit",),
    "programmes:project-void": ("programmes.edit",),
    "programmes:donors": ("programmes.view",),
    "programmes:donor-new": ("programmes.edit",),
    "programmes:donor": ("programmes.view",),
    "programmes:donor-correct": ("programmes.edit",),
    "programmes:donor-void": ("programmes.edit",),
    "programmes:responses": ("programmes.view",),
    "programmes:response-new": ("programmes.edit",),
    "programmes:response": ("programmes.view",),
    "programmes:response-correct": ("programmes.edit",),
    "programmes:response-void": ("programmes.edit",),
    "programmes:months": ("programmes.view",),
    "programmes:month": ("programmes.view",),
    "programmes:month-submit": ("programmes.close",),
    "programmes:month-validate": ("programmes.validate",),
    "programmes:month-lock": ("programmes.validate",),
    "programmes:month-reopen": ("programmes.validate",),
    "capture:batches": ("capture.import", "capture.withdraw"),
    "capture:new": ("capture.import",),
    "capture:template": ("capture.import",),
    "capture:batch": ("capture.import", "capture.withdraw"),
    "capture:progress": ("capture.import", "capture.withdraw"),
    "capture:confirm": ("capture.import",),
    "capture:stop": ("capture.import",),
    "capture:resume": ("capture.import",),
    "capture:withdraw": ("capture.withdraw",),
    "capture:errors": ("capture.import",),
}
