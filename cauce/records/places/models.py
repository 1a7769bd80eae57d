"""Tables of this room: the catalogue of places, organisations, their sites and what they offer."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models.functions import Substr
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cauce.access.viewer import Viewer
from cauce.kernel.privacy import Privacy
from cauce.keys.fields import SealedTextField
from cauce.records.base import Record, RecordQuerySet
from cauce.records.places.enums import LegalRegime, OrganisationKind, ServiceType, SiteKind, Welcome


class Country(models.Model):
    """A country of ISO 3166-1 with its names in the mission's languages; ``ZZZ`` is "unknown"."""

    code = models.CharField(_("clave"), max_length=3, primary_key=True)  # alpha-3
    alpha2 = models.CharField(max_length=2, unique=True)
    name_es = models.CharField(_("nombre"), max_length=80)
    name_en = models.CharField(max_length=80)
    name_fr = models.CharField(max_length=80)
    name_pt = models.CharField(max_length=80)
    name_ht = models.CharField(max_length=80)
    # The Creole name is a French fall-back until a speaker has reviewed it.
    ht_review = models.BooleanField(default=False)

    PRIVACY = dict.fromkeys(
        ("code", "alpha2", "name_es", "name_en", "name_fr", "name_pt", "name_ht", "ht_review"), Privacy.PUBLIC
    )

    class Meta:
        ordering = ["name_es"]

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        return getattr(self, f"name_{(get_language() or 'es')[:2]}", self.name_es)

    def __str__(self) -> str:
        return self.name


class State(models.Model):
    """A federal entity of Mexico with the four codes it goes by; ``code`` is INEGI's."""

    code = models.CharField(_("clave"), max_length=2, primary_key=True)
    iso = models.CharField(max_length=6, unique=True)
    curp = models.CharField(max_length=2, unique=True)
    pcode = models.CharField(max_length=4, unique=True)
    official_name = models.CharField(max_length=60)
    name = models.CharField(_("nombre"), max_length=40)

    PRIVACY = dict.fromkeys(("code", "iso", "curp", "pcode", "official_name", "name"), Privacy.PUBLIC)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Municipality(models.Model):
    """A municipality by its INEGI key, whose first two digits are its state: many share a name."""

    code = models.CharField(_("clave"), max_length=5, primary_key=True)
    state = models.ForeignKey("places.State", models.PROTECT, verbose_name=_("estado"), related_name="municipalities")
    name = models.CharField(_("nombre"), max_length=90)
    # A representative point in degrees; nobody's address.
    lat = models.DecimalField(max_digits=7, decimal_places=4, null=True)
    lon = models.DecimalField(max_digits=8, decimal_places=4, null=True)

    PRIVACY = dict.fromkeys(("code", "state", "name", "lat", "lon"), Privacy.PUBLIC)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state=Substr("code", 1, 2)), name="places_municipality_belongs_to_state"
            ),
            models.CheckConstraint(
                condition=models.Q(lat=None, lon=None) | models.Q(lat__isnull=False, lon__isnull=False),
                name="places_municipality_point_whole",
            ),
        ]

    @property
    def pcode(self) -> str:
        return f"MX{self.code}"

    def __str__(self) -> str:
        return f"{self.name}, {self.state.name}"


class ReferenceQuerySet(RecordQuerySet):
    """Sites and organisations are one catalogue for the whole mission: no office owns them."""

    def in_offices_of(self, viewer: Viewer) -> Self:
        return self


class Organisation(Record):
    """A government body, shelter operator, university … the mission works with. ``office`` looks after the entry."""

    name = models.CharField(_("nombre"), max_length=160)
    aliases = models.JSONField(_("otros nombres"), default=list, blank=True)
    kind = models.CharField(_("tipo"), max_length=24, choices=OrganisationKind.choices)
    legal_regime = models.CharField(_("régimen legal"), max_length=16, choices=LegalRegime.choices)
    state = models.ForeignKey("places.State", models.PROTECT, verbose_name=_("estado"), null=True, related_name="+")
    municipality = models.ForeignKey(
        "places.Municipality", models.PROTECT, verbose_name=_("municipio"), null=True, related_name="+"
    )
    # A post and the organisation's own line, never a person's name or number (R7).
    contact_role = models.CharField(_("puesto de contacto"), max_length=120, blank=True)
    contact_line = models.CharField(_("teléfono o correo institucional"), max_length=120, blank=True)

    objects = ReferenceQuerySet.as_manager()

    PRIVACY = dict.fromkeys(
        ("name", "aliases", "kind", "legal_regime", "state", "municipality", "contact_role", "contact_line"),
        Privacy.RESTRICTED,
    )

    class Meta(Record.Meta):
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("places:organisation", args=[self.pk])


class Site(Record):
    """A shelter, filter hotel, port of entry, hospital …: where something happens."""

    name = models.CharField(_("nombre"), max_length=160)
    aliases = models.JSONField(_("otros nombres"), default=list, blank=True)
    kind = models.CharField(_("tipo"), max_length=16, choices=SiteKind.choices)
    organisation = models.ForeignKey(
        "places.Organisation", models.PROTECT, verbose_name=_("organización"), null=True, related_name="sites"
    )
    municipality = models.ForeignKey(
        "places.Municipality", models.PROTECT, verbose_name=_("municipio"), related_name="sites"
    )
    capacity_regular = models.PositiveIntegerField(_("capacidad regular"), null=True)
    capacity_emergency = models.PositiveIntegerField(_("capacidad de emergencia"), null=True)
    accepts = models.JSONField(_("recibe a"), default=list, blank=True)
    # A protected site's address is shown only with permission, and the look is noted.
    protected = models.BooleanField(_("dirección protegida"), default=True)
    address = SealedTextField(_("dirección"), null=True)
    opened = models.DateField(_("abierto desde"), null=True)
    closed = models.DateField(_("cerrado el"), null=True)

    objects = ReferenceQuerySet.as_manager()

    PRIVACY = dict.fromkeys(
        (
            "name", "aliases", "kind", "organisation", "municipality", "capacity_regular", "capacity_emergency",
            "accepts", "protected", "opened", "closed",
        ),
        Privacy.RESTRICTED,
    ) | {"address": Privacy.STRICTLY_CONFIDENTIAL}  # fmt: skip

    class Meta(Record.Meta):
        ordering = ["name"]
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(opened=None) | models.Q(closed=None) | models.Q(closed__gte=models.F("opened")),
                name="places_site_closes_after_opening",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("places:site", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.closed is None

    @property
    def accepts_labels(self) -> list[str]:
        return [str(Welcome(code).label) for code in self.accepts]


class ServiceOffered(Record):
    """A service that a site, or an organisation as a whole, offers; what people are referred to."""

    organisation = models.ForeignKey(
        "places.Organisation", models.PROTECT, verbose_name=_("organización"), null=True, related_name="services"
    )
    site = models.ForeignKey("places.Site", models.PROTECT, verbose_name=_("sitio"), null=True, related_name="services")
    service = models.CharField(_("servicio"), max_length=24, choices=ServiceType.choices)
    conditions = models.TextField(_("condiciones"), blank=True)
    active = models.BooleanField(_("vigente"), default=True)

    objects = ReferenceQuerySet.as_manager()

    PRIVACY = dict.fromkeys(("organisation", "site", "service", "conditions", "active"), Privacy.RESTRICTED)

    class Meta(Record.Meta):
        ordering = ["service"]
        constraints = [
            *Record.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(organisation=None, site__isnull=False)
                | models.Q(organisation__isnull=False, site=None),
                name="places_serviceoffered_by_one",
            ),
            models.UniqueConstraint(
                fields=["site", "service"],
                condition=models.Q(voided_at=None, active=True),
                name="places_site_offers_once",
            ),
            models.UniqueConstraint(
                fields=["organisation", "service"],
                condition=models.Q(voided_at=None, active=True),
                name="places_organisation_offers_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_service_display())

    @property
    def offered_by(self) -> Site | Organisation:
        by = self.site or self.organisation
        assert by is not None  # the table's own constraint
        return by
