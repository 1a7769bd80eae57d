"""The door the web server knocks on."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cauce.settings")
application = get_wsgi_application()

# An import that was interrupted goes on when the server starts, not when somebody looks at it.
from cauce.capture import worker  # noqa: E402 – models exist only now

worker.ensure_running()
worker.keep_house()
