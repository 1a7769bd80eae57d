"""Codes of this room with their Spanish labels (domain.md §3.1, §5)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sex(models.TextChoices):
    """Sex as the person states it at registration."""

    FEMALE = "female", _("Mujer")
    MALE = "male", _("Hombre")
    OTHER = "other", _("Otra designación")
    UNKNOWN = "unknown", _("Sin dato")


class DocumentType(models.TextChoices):
    """Kinds of identity documents people carry in the region."""

    PASSPORT = "passport", _("Pasaporte")
    NATIONAL_ID = "national_id", _("Documento nacional de identidad")
    CURP = "curp", _("CURP")
    CURP_TEMPORARY = "curp_temporary", _("CURP temporal")
    COMAR_RECEIPT = "comar_receipt", _("Constancia COMAR")
    NUE = "nue", _("NUE (INM)")
    TVRH = "tvrh", _("TVRH")
    CONSULAR = "consular", _("Documento consular")
    OTHER = "other", _("Otro")


class Language(models.TextChoices):
    """Languages an interview is held in; the language of the screen is another matter."""

    ES = "es", _("Español")
    EN = "en", _("Inglés")
    FR = "fr", _("Francés")
    PT = "pt", _("Portugués")
    HT = "ht", _("Criollo haitiano")
    QUC = "quc", _("K’iche’")
    MAM = "mam", _("Mam")
    KEK = "kek", _("Q’eqchi’")
    CAB = "cab", _("Garífuna")
    OTHER = "other", _("Otro idioma")


class Channel(models.TextChoices):
    """How a person may be reached without putting them in danger (R19)."""

    CALL = "call", _("Llamada")
    SMS = "sms", _("Mensaje de texto")
    WHATSAPP = "whatsapp", _("WhatsApp")
    THROUGH_SITE = "through_site", _("A través del albergue")


class Purpose(models.TextChoices):
    """What a consent is for; each purpose stands alone (R1)."""

    SERVICE = "service", _("Recibir servicios")
    INTERNAL_CASE = "internal_case", _("Gestión de su caso")
    REFERRAL = "referral", _("Canalización a otras organizaciones")
    STATISTICS = "statistics", _("Estadísticas")
    FOLLOW_UP = "follow_up", _("Seguimiento posterior")
    RESEARCH = "research", _("Investigación")
    STORY = "story", _("Historia o fotografía")


class Basis(models.TextChoices):
    """On what legal basis data are processed; anything but consent needs a reason (R2)."""

    CONSENT = "consent", _("Consentimiento")
    VITAL_INTEREST = "vital_interest", _("Interés vital")
    PUBLIC_INTEREST = "public_interest", _("Interés público")
    LEGITIMATE_INTEREST = "legitimate_interest", _("Interés legítimo")
    CONTRACT = "contract", _("Contrato")
    LEGAL_OBLIGATION = "legal_obligation", _("Obligación legal")


class GivenBy(models.TextChoices):
    """Who gave the consent."""

    SELF = "self", _("La propia persona")
    CAREGIVER = "caregiver", _("Persona cuidadora")
    GUARDIAN = "guardian", _("Tutela o Procuraduría")


class Mode(models.TextChoices):
    """How the consent was given."""

    WRITTEN = "written", _("Por escrito")
    ORAL = "oral", _("De palabra, con testigo")
    THUMB = "thumb", _("Huella")
    AUDIO = "audio", _("Audio")


class DecisionKind(models.TextChoices):
    """What others must obey. None of them names a diagnosis."""

    BEST_INTERESTS = "best_interests", _("Interés superior de la niñez")
    ISOLATION = "isolation", _("Permanecer en su habitación")
    NO_TRAVEL = "no_travel", _("No viajar")
    NO_CONTACT = "no_contact", _("No contactar")


class KeyKind(models.TextChoices):
    """What a blind index stands for."""

    EXACT = "e", _("Nombre completo")
    PHONETIC = "p", _("Una palabra del nombre, como suena")
    PAIR = "2", _("Dos palabras del nombre, como suenan")
    DOCUMENT = "d", _("Número de documento")
    PHONE = "t", _("Teléfono")
