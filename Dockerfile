# syntax=docker/dockerfile:1

# Everything that builds stays in this stage.
FROM python:3.13-slim AS build

ENV PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1 \
    PYTHONDONTWRITEBYTECODE=1

RUN python -m venv /venv
ENV PATH="/venv/bin:$PATH"

WORKDIR /app
COPY requirements*.txt ./
# What this installation needs beside the rest: "s3", "sentry" or both.
ARG EXTRAS=""
# Wheels only: a package that would have to be compiled fails here, not later.
RUN pip install --require-hashes --only-binary=:all: --requirement requirements.txt \
    $(for extra in $EXTRAS; do echo "--requirement requirements-$extra.txt"; done) \
    # What serving never reads, 70 MB: sources of translations, the packages' own tests, and the
    # names of days and months in languages that the site does not have.
 && find /venv -name "*.po" -delete \
 && find /venv -type d -name tests -prune -exec rm -r {} + \
 && find /venv -path "*/babel/locale-data/*" ! -name root.dat ! -name "en*" ! -name "sv*" -delete

COPY . .
# The settings insist on a complete environment. These values exist for this one command,
# reach no server and are not kept in the image.
RUN DJANGO_SETTINGS_MODULE=cms.settings.production \
    SECRET_KEY=0123456789-build-only-0123456789-build-only-0123456789 \
    ALLOWED_HOSTS=www.example.org \
    CSRF_TRUSTED_ORIGINS=https://www.example.org \
    WAGTAILADMIN_BASE_URL=https://www.example.org \
    DATABASE_URL=postgres://nobody@localhost/none \
    python manage.py collectstatic --no-input --verbosity 0 \
 && python manage.py compile_catalogues \
 && python -m compileall -q /app \
 && pip uninstall --yes pip


FROM python:3.13-slim

ENV DJANGO_SETTINGS_MODULE=cms.settings.production \
    PATH="/venv/bin:$PATH" \
    PORT=8000 \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1

# For `manage.py backup` and `restore`: the programs alone, because Debian's choice between several
# versions of them brings Perl along, 50 MB.
RUN apt-get update \
 && apt-get install --yes --no-install-recommends libpq5 libreadline8 liblz4-1 libzstd1 \
 && cd /tmp \
 && apt-get download "$(apt-cache depends postgresql-client | sed -n 's/.*Depends: \(postgresql-client-[0-9]*\)$/\1/p' | head -n 1)" \
 && dpkg --extract postgresql-client-*.deb / \
 && ln -s /usr/lib/postgresql/*/bin/* /usr/local/bin/ \
 && pg_dump --version && pg_restore --version && psql --version \
 && rm -rf postgresql-client-*.deb /var/lib/apt/lists/*

# A fixed number, so that whoever mounts the media volume knows whose it must be.
RUN groupadd --gid 10001 app \
 && useradd --uid 10001 --gid app --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin app

WORKDIR /app
COPY --from=build /venv /venv
COPY --from=build /app /app
# The one place the server writes to; code and static files belong to root.
RUN install --directory --owner=app --group=app /app/var/media /app/var/cache
VOLUME ["/app/var/media"]

USER 10001:10001
EXPOSE 8000

# Alive means that the process answers, whatever its database does: restarting would not help it.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/-/live', timeout=4)"]

# Serving only. A release first runs, once and with the same image and environment:
#   python manage.py migrate --no-input
CMD ["gunicorn", "cms.wsgi"]
