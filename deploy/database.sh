#!/bin/sh
# Makes the site's own role, which is no superuser, and a database that belongs to it. PostgreSQL's
# image runs this once, when its volume is empty; elsewhere run it as the superuser:
#
#   SITE_PASSWORD=… sh deploy/database.sh
set -eu

psql --username="${POSTGRES_USER:-postgres}" --dbname=postgres --no-psqlrc --quiet \
    --set=ON_ERROR_STOP=1 --set=password="$SITE_PASSWORD" <<'SQL'
CREATE ROLE atmp LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'password';
CREATE DATABASE atmp OWNER atmp ENCODING 'UTF8' TEMPLATE template0;
REVOKE ALL ON DATABASE atmp FROM PUBLIC;
SQL
