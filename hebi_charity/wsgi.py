"""The WSGI entry point that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hebi_charity.settings")

application = get_wsgi_application()

# After Django is set up: a page that asks for work must not wait for the libraries to load.
from hebi_charity.jobs.sending import prepare  # noqa: E402

prepare()
