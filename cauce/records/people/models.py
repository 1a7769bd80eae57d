"""Persons, their travel groups, documents, consents, and the decisions others must obey.

Names, contacts and document numbers are sealed; they are found through ``NameKey``, a narrow table of
keyed indexes. There is no photograph here and there must not be one (domain.md R6).
"""

from __future__ import annotations

from itertools import combinations
from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from cauce.access.viewer import Viewer
from cauce.kernel.ages import AgeBand, age_on, band_on
from cauce.kernel.privacy import Privacy
from cauce.keys.fields import SealedTextField
from cauce.records.base import Record, RecordQuerySet
from cauce.records.people.enums import (
    Basis,
    Channel,
    DecisionKind,
    DocumentType,
    GivenBy,
    KeyKind,
    Language,
    Mode,
    Purpose,
    Sex,
)

RESTRICTED, CONFIDENTIAL, STRICT = Privacy.RESTRICTED, Privacy.CONFIDENTIAL, Privacy.STRICTLY_CONFIDENTIAL


def reserved_within(vaults: frozenset[str]) -> list[str]:
    """Every value of ``Person.reserved`` that a holder of these vaults may open by name."""
    ordered = sorted(vaults)
    return [",".join(chosen) for size in range(len(ordered) + 1) for chosen in combinations(ordered, size)]


class FolioCounter(models.Model):
    """The last folio an office gave; its row is locked while the next ones are given."""

    office = models.OneToOneField("access.Office", models.PROTECT, primary_key=True, related_name="+")
    last = models.PositiveIntegerField(default=0)

    PRIVACY = {"office": RESTRICTED, "last": RESTRICTED}


class TravelGroup(Record):
    """People who travel together: a family, or companions."""

    # Offices write the family's name here.
    label = SealedTextField(_("seña del grupo"), null=True)

    PRIVACY = {"label": STRICT}

    class Meta(Record.Meta):
        pass

    def get_absolute_url(self) -> str:
        return reverse("people:group", args=[self.pk])


class PersonQuerySet(RecordQuerySet):
    """Sight of persons: the office that registered them, and offices that received them since (README)."""

    def in_offices_of(self, viewer: Viewer) -> Self:
        if viewer.offices is None:
            return self
        received = Reception.objects.live().filter(office__in=viewer.offices).values("person")
        return self.filter(Q(office__in=viewer.offices) | Q(pk__in=received))

    def named_for(self, viewer: Viewer) -> Self:
        """Those whose name this viewer may read: not reserved, or reserved in vaults they hold."""
        return self.filter(reserved__in=reserved_within(viewer.vaults))


class Person(Record):
    """A person the mission serves, counted once. ``nationality`` is the main one."""

    folio = models.CharField(_("folio"), max_length=24)
    # A voided or withdrawn record lets an import bring its folio again; see constraints.
    folio_released = models.BooleanField(default=False, editable=False)
    registered_on = models.DateField(_("fecha de registro"))
    given_names = SealedTextField(_("nombres"))
    first_surname = SealedTextField(_("primer apellido"))
    second_surname = SealedTextField(_("segundo apellido"))
    known_as = SealedTextField(_("le dicen"), null=True)
    sex = models.CharField(_("sexo"), max_length=8, choices=Sex, default=Sex.UNKNOWN)
    gender_identity = SealedTextField(_("identidad de género"), null=True)
    birth_date = models.DateField(_("fecha de nacimiento"), null=True)
    age_estimate = models.PositiveSmallIntegerField(_("edad estimada"), null=True)
    estimated_on = models.DateField(_("edad estimada el"), null=True)
    nationality = models.CharField(_("nacionalidad"), max_length=3, blank=True)
    other_nationalities = models.JSONField(_("otras nacionalidades"), default=list)
    stateless = models.BooleanField(_("apátrida"), default=False)
    birth_country = models.CharField(_("país de nacimiento"), max_length=3, blank=True)
    languages = models.JSONField(_("idiomas"), default=list)
    needs_interpreter = models.BooleanField(_("necesita intérprete"), default=False)
    group = models.ForeignKey(
        "people.TravelGroup", models.PROTECT, null=True, verbose_name=_("grupo de viaje"), related_name="members"
    )
    heads_group = models.BooleanField(_("encabeza el grupo"), default=False)
    phone = SealedTextField(_("teléfono seguro"), null=True)
    channel = models.CharField(_("medio"), max_length=12, choices=Channel, blank=True)
    safe_hours = SealedTextField(_("horario seguro"), null=True)
    may_leave_message = models.BooleanField(_("se puede dejar recado"), default=False)
    # Vaults that hide the name, in order and joined by commas; "" shows it. Set by protection.
    reserved = models.CharField(max_length=40, blank=True, default="", editable=False)
    # Kept by the consent actions: False from a refusal or a withdrawal of statistics on.
    in_statistics = models.BooleanField(default=True, editable=False)

    objects = PersonQuerySet.as_manager()

    PRIVACY = (
        dict.fromkeys(("folio", "folio_released", "registered_on", "group", "heads_group"), RESTRICTED)
        | dict.fromkeys(
            (
                "sex", "birth_date", "age_estimate", "estimated_on", "nationality", "other_nationalities", "stateless",
                "birth_country", "languages", "needs_interpreter", "channel", "may_leave_message", "reserved",
                "in_statistics",
            ),
            CONFIDENTIAL,
        )
        | dict.fromkeys(
            (
                "given_names", "first_surname", "second_surname", "known_as", "gender_identity", "phone", "safe_hours",
            ),
            STRICT,
        )
    )  # fmt: skip

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(fields=["folio"], condition=Q(folio_released=False), name="people_folio_once"),
            models.CheckConstraint(
                condition=Q(birth_date=None) | Q(age_estimate=None, estimated_on=None), name="people_age_one_way"
            ),
            models.CheckConstraint(
                condition=Q(age_estimate=None, estimated_on=None)
                | Q(age_estimate__isnull=False, estimated_on__isnull=False),
                name="people_estimate_says_when",
            ),
            models.CheckConstraint(condition=~Q(folio=""), name="people_folio_not_empty"),
        ]
        indexes = [
            # The list is read in its order and stops after a page; its counts, filtered or not, never leave the index.
            models.Index(
                fields=["voided_at", "-registered_on", "id", "office", "batch", "sex", "nationality", "reserved"],
                name="people_person_seen",
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("people:person", args=[self.pk])

    @property
    def vaults(self) -> frozenset[str]:
        """The vaults that reserve the name."""
        return frozenset(filter(None, self.reserved.split(",")))

    @property
    def nationalities(self) -> list[str]:
        """ISO 3166-1 alpha-3, the main one first."""
        return [code for code in (self.nationality, *self.other_nationalities) if code]

    @property
    def full_name(self) -> str:
        """Opened from the seal: only for viewers who may read it (``queries.display_name``)."""
        return " ".join(filter(None, (self.given_names, self.first_surname, self.second_surname)))

    def age_on(self, day) -> int | None:
        """Completed years, or the estimate grown since it was made; None when unknown."""
        if self.birth_date:
            return age_on(self.birth_date, day)
        if self.age_estimate is None or self.estimated_on is None:
            return None
        return self.age_estimate + max(0, (day - self.estimated_on).days // 365)

    def band_on(self, day) -> AgeBand:
        return band_on(day, birth=self.birth_date, estimate=self.age_estimate, estimated_on=self.estimated_on)


class Reception(Record):
    """An office (``office``) that serves a person another office registered, and so may see the file."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="receptions")
    reason = models.TextField(_("motivo"), blank=True)

    PRIVACY = {"person": RESTRICTED, "reason": CONFIDENTIAL}

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["person", "office"], condition=Q(voided_at=None), name="people_reception_once"
            ),
        ]


class NameKey(models.Model):
    """A blind index: says that two names sound alike, and nothing to who has no key."""

    person = models.ForeignKey("people.Person", models.CASCADE, related_name="keys", db_index=True)
    kind = models.CharField(max_length=1, choices=KeyKind)
    key = models.BigIntegerField()

    PRIVACY = {"id": RESTRICTED, "person": RESTRICTED, "kind": RESTRICTED, "key": CONFIDENTIAL}

    class Meta:
        indexes = [models.Index(fields=["key", "person"], name="people_namekey_key")]


class IdentityDocument(Record):
    """A document a person showed; its number is sealed and found by a blind index."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="documents")
    type = models.CharField(_("tipo"), max_length=16, choices=DocumentType)
    number = SealedTextField(_("número"))
    issuer = models.CharField(_("país que lo expidió"), max_length=3, blank=True)
    expires_on = models.DateField(_("vence el"), null=True)

    PRIVACY = {
        "person": RESTRICTED, "type": CONFIDENTIAL, "number": STRICT, "issuer": CONFIDENTIAL,
        "expires_on": CONFIDENTIAL,
    }  # fmt: skip

    class Meta(Record.Meta):
        pass


class Notice(models.Model):
    """A privacy notice as it was read aloud: what is kept is the text, not the file it came from."""

    version = models.CharField(_("versión"), max_length=20)
    language = models.CharField(_("idioma"), max_length=8)
    text = models.TextField(_("texto"))
    since = models.DateField(_("desde"))

    PRIVACY = dict.fromkeys(("id", "version", "language", "text", "since"), Privacy.PUBLIC)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "language"], name="people_notice_once")]


class Consent(Record):
    """What a person said to one purpose, and when they took it back (R1, R2)."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="consents")
    purpose = models.CharField(_("finalidad"), max_length=16, choices=Purpose)
    given = models.BooleanField(_("aceptó"))
    given_on = models.DateField(_("fecha"))
    basis = models.CharField(_("base"), max_length=20, choices=Basis, default=Basis.CONSENT)
    basis_reason = models.TextField(_("por qué sin consentimiento"), blank=True)
    given_by = models.CharField(_("quién lo dio"), max_length=12, choices=GivenBy, default=GivenBy.SELF)
    mode = models.CharField(_("cómo"), max_length=8, choices=Mode, default=Mode.ORAL)
    language = models.CharField(_("idioma"), max_length=8, choices=Language, blank=True)
    interpreter = models.CharField(_("clave de intérprete"), max_length=40, blank=True)
    notice = models.ForeignKey("people.Notice", models.PROTECT, null=True, related_name="+")
    scope = models.TextField(_("alcance y exclusiones"), blank=True)
    expires_on = models.DateField(_("vence el"), null=True)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawn_by = models.CharField(max_length=40, null=True, editable=False)
    withdraw_reason = models.TextField(null=True, editable=False)

    PRIVACY = dict.fromkeys(
        (
            "person", "purpose", "given", "given_on", "basis", "given_by", "mode", "language", "interpreter", "notice",
            "expires_on", "withdrawn_at", "withdrawn_by",
        ),
        RESTRICTED,
    ) | dict.fromkeys(("basis_reason", "scope", "withdraw_reason"), CONFIDENTIAL)  # fmt: skip

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdraw_reason=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False, withdraw_reason__isnull=False),
                name="people_consent_withdrawn_together",
            ),
            models.CheckConstraint(
                condition=Q(basis="consent") | ~Q(basis_reason=""), name="people_consent_basis_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "purpose", "given_on"], name="people_consent_person"),
            # Few consents end on a day: those that do are asked for on every home page.
            models.Index(
                fields=["office", "expires_on"], name="people_consent_expires", condition=Q(expires_on__isnull=False)
            ),
        ]

    def in_force_on(self, day) -> bool:
        """Given, not withdrawn, not expired."""
        return self.given and self.withdrawn_at is None and (self.expires_on is None or day <= self.expires_on)


class Decision(Record):
    """What others must obey about a person (a hold): shown as a stop strip, never with a diagnosis."""

    person = models.ForeignKey("people.Person", models.PROTECT, related_name="decisions")
    kind = models.CharField(_("tipo"), max_length=16, choices=DecisionKind)
    message = models.CharField(_("qué deben hacer los demás"), max_length=200)
    call = models.CharField(_("a quién llamar"), max_length=120, blank=True)
    starts_on = models.DateField(_("desde"))
    until = models.DateField(_("hasta"), null=True)
    # Why it was decided: for those who decide, sealed.
    grounds = SealedTextField(_("fundamento"), null=True)
    lifted_at = models.DateTimeField(null=True, editable=False)
    lifted_by = models.CharField(max_length=40, null=True, editable=False)
    lift_reason = models.TextField(null=True, editable=False)

    PRIVACY = dict.fromkeys(
        ("person", "kind", "message", "call", "starts_on", "until", "lifted_at", "lifted_by", "lift_reason"),
        CONFIDENTIAL,
    ) | {"grounds": STRICT}

    class Meta(Record.Meta):
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None, lift_reason=None)
                | Q(lifted_at__isnull=False, lifted_by__isnull=False, lift_reason__isnull=False),
                name="people_decision_lifted_together",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=models.F("starts_on")), name="people_decision_order"
            ),
        ]

    def in_force_on(self, day) -> bool:
        return self.lifted_at is None and self.starts_on <= day and (self.until is None or day <= self.until)
