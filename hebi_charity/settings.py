"""All settings in one file. The environment decides; a missing secret stops the start.

`bin/run` writes what is needed into `$HEBI_VAR/env` once; README lists every name read here.
"""

from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent

# --- Core ---------------------------------------------------------------
SECRET_KEY = env.str("SECRET_KEY")  # no default: refuse to start without one
DEBUG = env.bool("DEBUG", default=False)
HEBI_MODE = env.str("HEBI_MODE", default="demo")  # "demo" or "real"; the two never share a folder
HEBI_VAR = Path(env.str("HEBI_VAR"))
SITE_URL = env.str("SITE_URL", default="")  # what phones in the house reach
PUBLIC_URL = env.str("PUBLIC_URL", default="")  # what the world reaches; empty: papers carry no QR
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
ROOT_URLCONF = "hebi_charity.urls"
WSGI_APPLICATION = "hebi_charity.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "django_htmx",
    "crispy_forms",
    "crispy_bootstrap5",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "hebi_charity.core",
    "hebi_charity.office",
    "hebi_charity.accounts",
    "hebi_charity.audit",
    "hebi_charity.files",
    "hebi_charity.jobs",
    "hebi_charity.imports",
    "hebi_charity.reports",
    "donations",
    "partybranch",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "hebi_charity.accounts.middleware.IdleTimeoutMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "hebi_charity.accounts.middleware.LoginRequiredMiddleware",
    "hebi_charity.accounts.middleware.DutiesMiddleware",
    "hebi_charity.accounts.middleware.GivenBackMiddleware",
    "hebi_charity.office.middleware.SpokenMethodsMiddleware",
    "hebi_charity.office.busy.BusyMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hebi_charity.office.context.frame",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # widgets of our own
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# --- Keys ---------------------------------------------------------------
FIELD_KEYS = env.list("FIELD_KEYS")  # Fernet keys, newest first
INDEX_KEY = env.str("INDEX_KEY")  # finds encrypted values by keyed hash
SEAL_KEY = env.str("SEAL_KEY")  # seals binding documents

# --- Database -----------------------------------------------------------
DATABASES = {"default": env.db_url("DATABASE_URL")}
DATABASES["default"] |= {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True, "DISABLE_SERVER_SIDE_CURSORS": True}
DATABASE_OWNER_URL = env.str("DATABASE_OWNER_URL", default="")  # migrates; empty: one role does all
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "office_cache",
    }
}

# --- People -------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "hebi_charity.accounts.backends.RoleBackend",
]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "office:start"
LOGOUT_REDIRECT_URL = "accounts:login"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 16 * 3600  # a working day; the idle time-out of the roles comes long before
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "hebi_charity.accounts.password_rules.LengthRule"},
    {"NAME": "hebi_charity.accounts.password_rules.NotAboutOneselfRule"},
    {"NAME": "hebi_charity.accounts.password_rules.NotUsualHereRule"},
]
AXES_FAILURE_LIMIT = 6
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # so that it opens when it says it opens
AXES_DISABLE_ACCESS_LOG = True  # who logged in when stands in our own log
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["name", "next"]
OTP_TOTP_ISSUER = "hebi_charity"

# --- Language and time --------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

# --- Files --------------------------------------------------------------
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
NODE_MODULES = BASE_DIR / "node_modules"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "hebi_charity.core.static_files.FrontEndFinder",
]
STATIC_ROOT = HEBI_VAR / "static"
# What is small already, and the source maps that only a developer's tools ever ask for.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("jpg", "png", "webp", "gz", "br", "zip", "woff", "woff2", "map")
STORAGES = {
    "default": {
        "BACKEND": "hebi_charity.files.storage.PrivateFileSystemStorage",
        "OPTIONS": {"location": HEBI_VAR / "files", "base_url": None},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- Security -----------------------------------------------------------
HTTPS = env.bool("HTTPS", default=False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/"]  # a balancer asks without HTTPS, and nothing personal is answered
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # preloading decides for the whole domain: not this product's to say
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
CSRF_FAILURE_VIEW = "hebi_charity.office.views.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
    }
}

# --- Log ----------------------------------------------------------------
# To the standard error output, which the starter keeps in $HEBI_VAR/log. No bodies, queries, values or error texts.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "code_only": {
            "()": "hebi_charity.core.logs.CodeOnlyFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"log": {"class": "logging.StreamHandler", "formatter": "code_only"}},
    "root": {"handlers": ["log"], "level": "WARNING"},  # every library, those of workers and papers among them
    "loggers": {
        "django": {"handlers": ["log"], "level": "WARNING", "propagate": False},
        "django.server": {"handlers": ["log"], "level": "ERROR", "propagate": False},  # its lines hold queries
        "axes": {"handlers": ["log"], "level": "ERROR", "propagate": False},  # its warnings name accounts
        "gunicorn.error": {"handlers": ["log"], "level": "INFO", "propagate": False},  # in place of its own handler
        "celery": {"level": "INFO"},  # which task came and went
        "hebi_charity": {"level": "INFO"},
        "donations": {"level": "INFO"},
    },
}

# --- Workers ------------------------------------------------------------
CELERY_BROKER_URL = env.str("REDIS_URL")
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # workers wait for the broker as long as it takes
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 1200,  # above CELERY_TASK_TIME_LIMIT; a second delivery finds nothing to claim anyway
    "socket_connect_timeout": 2,
    "socket_timeout": 5,  # a broker that is silent must not hold a process for ever
    "socket_keepalive": True,
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.2,
    "interval_max": 0.5,
}
CELERY_TASK_DEFAULT_QUEUE = "hebi"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SOFT_TIME_LIMIT = 840  # seconds; a task should last a minute, one long page run of a report more
CELERY_TASK_TIME_LIMIT = 900
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CONCURRENCY = env.int("WORKER_PROCESSES", default=2)
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 400_000  # KiB; a larger child is replaced after its task
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = False
CELERY_TIMEZONE = TIME_ZONE
JOBS_HEARTBEAT_SECONDS = env.float("JOBS_HEARTBEAT_SECONDS", default=10)
JOBS_STALE_SECONDS = env.float("JOBS_STALE_SECONDS", default=60)
JOBS_RESEND_SECONDS = env.float("JOBS_RESEND_SECONDS", default=60)
JOBS_SWEEP_SECONDS = env.float("JOBS_SWEEP_SECONDS", default=20)
JOBS_SLICE_SECONDS = env.float("JOBS_SLICE_SECONDS", default=45)  # after this a task hands over to the next
JOBS_SEND_SECONDS = 1.0  # the longest a page waits for the broker
JOBS_ATTEMPTS = 3
