"""The WSGI application that gunicorn serves; production settings unless told otherwise."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.production")

try:
    application = get_wsgi_application()
except ImproperlyConfigured as error:
    # What is wrong with the environment, in a line each: where it was read helps nobody.
    sys.exit(str(error))
