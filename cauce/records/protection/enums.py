"""Lists that belong to the work itself; categories, needs and channels are the mission's vocabulary."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CaseState(TextChoices):
    IDENTIFIED = "identified", _("Identificado")
    OPEN = "open", _("Abierto")
    ON_HOLD = "on_hold", _("En pausa")
    CLOSED = "closed", _("Cerrado")


class Risk(TextChoices):
    LOW = "low", _("Bajo")
    MEDIUM = "medium", _("Medio")
    HIGH = "high", _("Alto")


class Sensitivity(TextChoices):
    """The vault a case lies in: that of its primary category (domain.md §3.2)."""

    STANDARD = "standard", _("Ordinario")
    CHILD = "child", _("Niñez")
    GBV = "gbv", _("Violencia basada en género")
    TRAFFICKING = "trafficking", _("Trata de personas")


class Uasc(TextChoices):
    """The UN terms (domain.md §5): apart from parents, and from other relatives too."""

    NONE = "", _("No aplica")
    ACCOMPANIED = "accompanied", _("Acompañada o acompañado")
    SEPARATED = "separated", _("Separada o separado")
    UNACCOMPANIED = "unaccompanied", _("No acompañada o no acompañado")


class LawTerm(TextChoices):
    """The Mexican term is wider: not with the adult who has parental authority or custody."""

    NONE = "", _("No aplica")
    ACCOMPANIED = "accompanied", _("Acompañada o acompañado")
    UNACCOMPANIED = "unaccompanied", _("No acompañada o no acompañado (ley mexicana)")


class LegalBasis(TextChoices):
    """On what a case rests: the person's consent, or a basis with its reason (domain.md R2)."""

    CONSENT = "consent", _("Consentimiento")
    VITAL_INTEREST = "vital_interest", _("Interés vital de la persona")
    BEST_INTERESTS = "best_interests", _("Interés superior de la niñez")
    LEGAL_OBLIGATION = "legal_obligation", _("Obligación legal")


class GbvType(TextChoices):
    """The six core types, in the order they are asked until one is yes (domain.md §5)."""

    RAPE = "rape", _("Violación")
    SEXUAL_ASSAULT = "sexual_assault", _("Agresión sexual")
    PHYSICAL_ASSAULT = "physical_assault", _("Agresión física")
    FORCED_MARRIAGE = "forced_marriage", _("Matrimonio forzado")
    DENIAL = "denial", _("Negación de recursos, oportunidades o servicios")
    EMOTIONAL = "emotional", _("Maltrato psicológico o emocional")
    NON_GBV = "non_gbv", _("No es violencia basada en género")


class Stage(TextChoices):
    """When in the journey it happened."""

    ORIGIN = "origin", _("En el lugar de origen")
    TRANSIT = "transit", _("En tránsito")
    DESTINATION = "destination", _("En el lugar de destino o de espera")
    RETURN = "return", _("Durante o después del retorno")
    UNKNOWN = "unknown", _("Sin dato")


class DayTime(TextChoices):
    MORNING = "morning", _("Mañana")
    AFTERNOON = "afternoon", _("Tarde")
    NIGHT = "night", _("Noche")
    UNKNOWN = "unknown", _("Sin dato")


class PlaceType(TextChoices):
    HOME = "home", _("Casa o alojamiento")
    SHELTER = "shelter", _("Albergue")
    STREET = "street", _("Calle o camino")
    TRANSPORT = "transport", _("Medio de transporte")
    BORDER = "border", _("Zona fronteriza")
    WORK = "work", _("Lugar de trabajo")
    DETENTION = "detention", _("Estancia o detención")
    OTHER = "other", _("Otro")
    UNKNOWN = "unknown", _("Sin dato")


class Perpetrator(TextChoices):
    PARTNER = "partner", _("Pareja o expareja")
    FAMILY = "family", _("Familiar")
    KNOWN = "known", _("Persona conocida")
    SMUGGLER = "smuggler", _("Persona que traslada migrantes")
    ARMED = "armed", _("Grupo armado o delincuencia")
    AUTHORITY = "authority", _("Autoridad")
    EMPLOYER = "employer", _("Persona empleadora")
    STRANGER = "stranger", _("Persona desconocida")
    UNKNOWN = "unknown", _("Sin dato")


class Perpetrators(TextChoices):
    ONE = "1", _("Una persona")
    TWO = "2", _("Dos personas")
    THREE = "3", _("Tres personas")
    MORE = "4", _("Más de tres personas")
    UNKNOWN = "unknown", _("Sin dato")


class OfferedService(TextChoices):
    """Services an incident report asks about, each with what became of it."""

    SAFE_HOUSE = "safe_house", _("Refugio seguro")
    HEALTH = "health", _("Atención médica")
    PSYCHOSOCIAL = "psychosocial", _("Atención psicosocial")
    LEGAL = "legal", _("Asesoría legal")
    POLICE = "police", _("Denuncia o protección policial")
    LIVELIHOODS = "livelihoods", _("Medios de vida")


class TraffickingStatus(TextChoices):
    """Possible and actual count; who decided is recorded (domain.md §3.2)."""

    POSSIBLE = "possible", _("Posible víctima")
    ACTUAL = "actual", _("Víctima identificada")
    NOT_VICTIM = "not_victim", _("No es víctima de trata")


class DecidedBy(TextChoices):
    MISSION = "mission", _("La misión")
    POLICE = "police", _("Policía o Guardia Nacional")
    PROSECUTION = "prosecution", _("Fiscalía o juzgado")
    GOVERNMENT = "government", _("Otra autoridad")
    CSO = "cso", _("Organización de la sociedad civil")


class Exploitation(TextChoices):
    """Forms of exploitation under the Mexican general law of 2012, in our words (domain.md §3.2)."""

    SLAVERY = "slavery", _("Esclavitud")
    SERVITUDE = "servitude", _("Condición de siervo")
    SEXUAL = "sexual", _("Prostitución ajena u otra explotación sexual")
    LABOUR = "labour", _("Explotación laboral")
    FORCED_LABOUR = "forced_labour", _("Trabajo o servicios forzados")
    BEGGING = "begging", _("Mendicidad forzosa")
    CRIME = "crime", _("Uso de personas menores de edad en delitos")
    ADOPTION = "adoption", _("Adopción ilegal")
    MARRIAGE = "marriage", _("Matrimonio forzoso o servil")
    ORGANS = "organs", _("Tráfico de órganos")
    EXPERIMENTS = "experiments", _("Experimentación biomédica ilícita")


class Recruitment(TextChoices):
    DECEPTION = "deception", _("Engaño")
    COERCION = "coercion", _("Coacción o amenaza")
    ABDUCTION = "abduction", _("Secuestro")
    VULNERABILITY = "vulnerability", _("Abuso de vulnerabilidad")
    FAMILY = "family", _("Entrega por la familia")
    ONLINE = "online", _("Contacto por internet")


class Control(TextChoices):
    DEBT = "debt", _("Deuda")
    THREATS = "threats", _("Amenazas")
    VIOLENCE = "violence", _("Violencia física")
    SEXUAL = "sexual", _("Violencia sexual")
    DOCUMENTS = "documents", _("Retención de documentos")
    MONEY = "money", _("Retención de pago")
    MOVEMENT = "movement", _("Restricción de movimiento")
    ISOLATION = "isolation", _("Aislamiento")
    SUBSTANCES = "substances", _("Sustancias")
    FAMILY = "family", _("Amenazas a la familia")


class ChildCare(TextChoices):
    NONE = "", _("Sin dato")
    WITH_RELATIVES = "relatives", _("Con familiares")
    DIF = "dif", _("Centro de asistencia social del DIF")
    SHELTER = "shelter", _("Albergue de la sociedad civil")
    FOSTER = "foster", _("Familia de acogida")
    ALONE = "alone", _("Sin cuidado de una persona adulta")


class BestInterests(TextChoices):
    NONE = "", _("No se ha hecho")
    ASSESSMENT = "assessment", _("Evaluación hecha")
    DETERMINATION = "determination", _("Determinación hecha")
