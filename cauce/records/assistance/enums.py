"""Lists that belong to the work itself; what a mission calls its services and items is its vocabulary."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ServiceState(TextChoices):
    PLANNED = "planned", _("Prevista")
    DELIVERED = "delivered", _("Prestada")
    CANCELLED = "cancelled", _("Cancelada")
    NO_SHOW = "no_show", _("No se presentó")


class ReferralState(TextChoices):
    # A draft is a referral that lacks consent or waits for somebody else's approval; it was not sent.
    DRAFT = "draft", _("Borrador")
    SENT = "sent", _("Enviada")
    ACCEPTED = "accepted", _("Aceptada")
    DECLINED = "declined", _("Rechazada")
    DELIVERED = "delivered", _("Cumplida")
    NOT_DELIVERED = "not_delivered", _("No cumplida")
    REVOKED = "revoked", _("Revocada")


class Urgency(TextChoices):
    ROUTINE = "routine", _("Ordinaria")
    URGENT = "urgent", _("Urgente, en 72 horas")
    IMMEDIATE = "immediate", _("Inmediata, el mismo día")


class DeclineReason(TextChoices):
    NO_CAPACITY = "no_capacity", _("Sin cupo")
    NOT_ELIGIBLE = "not_eligible", _("No cumple los requisitos")
    NOT_OFFERED = "not_offered", _("El servicio no se ofrece")
    ALREADY_ASSISTED = "already_assisted", _("Ya recibe el servicio en otro lugar")
    PERSON_DECLINED = "person_declined", _("La persona no quiso")
    UNREACHABLE = "unreachable", _("No se localizó a la persona")
    NO_ANSWER = "no_answer", _("No respondió")
    OTHER = "other", _("Otro motivo")


class SharedField(TextChoices):
    """What of a person a referral hands to the other organisation (domain.md R3)."""

    FOLIO = "folio", _("Folio")
    NAME = "name", _("Nombre")
    AGE = "age", _("Edad")
    SEX = "sex", _("Sexo")
    NATIONALITY = "nationality", _("Nacionalidad")
    LANGUAGE = "language", _("Idioma")
    CONTACT = "contact", _("Contacto seguro")
    GROUP = "group", _("Grupo de viaje")
    DOCUMENTS = "documents", _("Documentos")
    NEED = "need", _("Necesidad")


class ProcedureState(TextChoices):
    RECEIVED = "received", _("Recibido")
    INCOMPLETE = "incomplete", _("Incompleto")
    SUBMITTED = "submitted", _("Ingresado")
    ISSUED = "issued", _("Expedido")
    DELIVERED = "delivered", _("Entregado")
    REFUSED = "refused", _("Negado")


class RefusalReason(TextChoices):
    PARENTS_DOCUMENTS = "parents_documents", _("Se exigieron documentos migratorios a madre o padre")
    MISSING_PAPERS = "missing_papers", _("Faltaron documentos")
    ALREADY_REGISTERED = "already_registered", _("Ya existía un registro")
    LATE = "late", _("Fuera de plazo")
    OTHER = "other", _("Otro motivo")


class ItemState(TextChoices):
    PLANNED = "planned", _("Prevista")
    DELIVERED = "delivered", _("Entregada")
    NOT_DELIVERED = "not_delivered", _("No entregada")


class SupportState(TextChoices):
    PLANNED = "planned", _("Previsto")
    DISPATCHED = "dispatched", _("Enviado")
    RECEIVED = "received", _("Recibido")
    CORRECTED = "corrected", _("Recibido y corregido")
    CANCELLED = "cancelled", _("Cancelado")
