"""The one settings file; every value that differs between installations comes from CAUCE_*.

A missing or impossible setting stops the start with a sentence that says how to mend it.
"""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from cauce.languages import locales

BASE = Path(__file__).resolve().parent.parent
TESTING = "pytest" in sys.modules


def _env(name: str, default: str = "") -> str:
    return os.environ.get(f"CAUCE_{name}", default)


def _whole(name: str, default: int, unit: str = "minutos") -> int:
    text = _env(name, str(default))
    if not text.isdigit() or int(text) == 0:
        raise ImproperlyConfigured(
            f"CAUCE_{name} es «{text}». Escriba un número entero de {unit}, por ejemplo {default}."
        )
    return int(text)


def _flag(name: str, default: bool = False) -> bool:
    return _env(name, "1" if default else "0").lower() in {"1", "true", "yes", "si", "sí"}


# Where this installation keeps its database, keys, facts and uploads.
HOME = Path(_env("HOME", str(BASE / "var"))).resolve()
MISSION = Path(_env("MISSION", str(BASE / "missions" / "mexico"))).resolve()
CAUCE_KEY_FILE = Path(_env("KEY_FILE", str(HOME / "keys.json")))
CAUCE_FACTS = Path(_env("FACTS", str(HOME / "facts")))
CAUCE_EDITIONS = Path(_env("EDITIONS", str(HOME / "editions")))
CAUCE_UPLOADS = Path(_env("UPLOADS", str(HOME / "uploads")))
# A demonstration shows its log-ins and marks every page as simulated.
CAUCE_DEMO = _flag("DEMO")
CAUCE_IDLE_MINUTES = _whole("IDLE_MINUTES", 15)
CAUCE_ELEVATED_MINUTES = _whole("ELEVATED_MINUTES", 15)
# Rows that an import did not take stay, sealed, for as long as somebody may still mend them.
CAUCE_FINDINGS_DAYS = _whole("FINDINGS_DAYS", 30, "días")
CAUCE_QUICK_EXIT_URL = _env("QUICK_EXIT_URL", "https://www.wikipedia.org/")

DEBUG = _flag("DEBUG")


def _secret_key() -> str:
    """The session-signing key: from the environment, or a file made at set-up."""
    if value := _env("SECRET_KEY"):
        return value
    file = HOME / "secret_key"
    if file.exists():
        return file.read_text().strip()
    if TESTING:
        return secrets.token_urlsafe(50)
    HOME.mkdir(parents=True, exist_ok=True, mode=0o700)
    # Whole or not at all: on a full disk an empty key must not stay behind.
    partial = HOME / f".secret_key.{os.getpid()}"
    try:
        partial.touch(mode=0o600)
        partial.write_text(secrets.token_urlsafe(50))
        partial.replace(file)
    finally:
        partial.unlink(missing_ok=True)
    return file.read_text()


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = [host for host in _env("HOSTS", "localhost,127.0.0.1,[::1]").split(",") if host]
CSRF_TRUSTED_ORIGINS = [origin for origin in _env("ORIGINS").split(",") if origin]

ROOMS = [
    "cauce.records.places",
    "cauce.records.programmes",
    "cauce.records.people",
    "cauce.records.assistance",
    "cauce.records.activities",
    "cauce.records.surveys",
    "cauce.records.protection",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    # Before django.forms and allauth: our templates of forms and of sign-in hide theirs.
    "cauce.audit",
    "cauce.ui",
    "cauce.access",
    "django.forms",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "cauce.records",
    *ROOMS,
    "cauce.capture",
    "cauce.editions",
    "cauce.desk",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "cauce.access.middleware.ViewerMiddleware",
]
ROOT_URLCONF = "cauce.urls"
WSGI_APPLICATION = "cauce.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "cauce.ui.context.page",
                "cauce.access.context.demo",
            ],
            "builtins": ["cauce.ui.templatetags.ui", "django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]
FORM_RENDERER = "cauce.ui.forms.Renderer"


def _database() -> dict:
    """SQLite in the home folder, or PostgreSQL from CAUCE_DATABASE_URL (postgres://user:pass@host:port/name)."""
    url = _env("DATABASE_URL")
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": HOME / "cauce.sqlite3",
            "OPTIONS": {
                # IMMEDIATE: a read that later writes takes the lock at once, so that eight phones
                # queue instead of failing; FULL: a laptop on generator power loses no commit.
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA cache_size=-20000;"
                "PRAGMA journal_size_limit=27103364;PRAGMA temp_store=MEMORY;",
            },
            "TEST": {"NAME": None},
        }
    from urllib.parse import parse_qs, unquote, urlsplit

    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(
            f"CAUCE_DATABASE_URL empieza con «{parts.scheme}». Escriba postgres://cuenta:contraseña@servidor:5432/base, "
            "o quítela para usar SQLite."
        )
    query = parse_qs(parts.query)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host", [parts.hostname or ""])[0],
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if TESTING
    else ["django.contrib.auth.hashers.ScryptPasswordHasher"]
)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_FORMS = {"login": "cauce.access.forms.SignInForm"}
ACCOUNT_ADAPTER = "cauce.access.adapter.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False  # a shared machine forgets who was there when the browser closes
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Cauce"
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"

locales.register_locales()
LANGUAGES = locales.LANGUAGES
LANGUAGE_CODE = "es"
LANGUAGE_COOKIE_NAME = "cauce_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [BASE / "cauce" / "languages" / "locale"]
TIME_ZONE = _env("TIME_ZONE", "America/Mexico_City")
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if TESTING or DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = TESTING or DEBUG
WHITENOISE_MAX_AGE = 60 * 60 * 24 * 365
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_HANDLERS = ["cauce.capture.arriving.InMemory"]

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 12
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
HTTPS = _flag("HTTPS")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "style-src": ["'self'"],
        "script-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

# Messages carry codes and counts, never a person's data (SECURITY.md).
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "cauce.kernel.traces.Formatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": _env("LOG", "WARNING")},
    # A refused page (403, 404) is an ordinary answer, not a fault with a trace.
    "loggers": {"django.request": {"level": "ERROR"}},
}
