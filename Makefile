# `make` alone lists what there is to do. Everything happens in .venv; data stays in var/.

.DEFAULT_GOAL := help
SHELL := /bin/sh
MAKEFLAGS += --no-print-directory

VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check
MANAGE := $(PY) manage.py

# A stamp's name holds the lock's checksum: what is installed is known without asking pip.
checksum = $(firstword $(shell cksum $(1)))
RUNTIME := $(VENV)/.runtime-$(call checksum,requirements.txt)
DEV := $(VENV)/.dev-$(call checksum,requirements-dev.txt)
# The development lock contains the runtime lock.
INSTALLED := $(if $(wildcard $(DEV)),$(DEV),$(RUNTIME))

# A candidate counts only if it runs, is new enough and can make virtual environments.
SUITABLE := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 12))
CANDIDATES := $(PYTHON) python3.13 python3.12 python3.14 python3 python

# Complete, and good for nothing but checking the production settings.
CHECK_ENVIRONMENT := \
	DJANGO_SETTINGS_MODULE=cms.settings.production \
	SECRET_KEY=0123456789-checks-only-0123456789-checks-only-0123456789 \
	ALLOWED_HOSTS=www.example.org \
	CSRF_TRUSTED_ORIGINS=https://www.example.org \
	WAGTAILADMIN_BASE_URL=https://www.example.org \
	DATABASE_URL=postgres://nobody@localhost/none

.PHONY: help
help: ## List the commands
	@awk 'BEGIN { FS = ":.*## " } /^[a-z-]+:.*## / { printf "  make %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: start
start: $(INSTALLED) ## Set up the site with its content and serve it (PORT=8000, ADMIN_USERNAME, ADMIN_PASSWORD)
	@exec $(MANAGE) start

.PHONY: test
test: $(DEV) ## Run the tests that need Python alone, on SQLite (ARGS="-k vision -x")
	@exec env -u DATABASE_URL $(PY) -m pytest --numprocesses=auto -m "not programs" $(ARGS)

.PHONY: test-all
test-all: $(DEV) ## Run all tests, with a browser and real servers too (DATABASE_URL=postgres://…, or SQLite)
	@exec $(PY) -m pytest --numprocesses=auto $(ARGS)

.PHONY: browser-tools
browser-tools: ## Install what the browser tests check pages with (needs npm; they also need Chromium and Java)
	@cd tests/browser && npm install --no-package-lock --ignore-scripts --no-audit --no-fund --loglevel=error

.PHONY: docs-screenshots
docs-screenshots: $(DEV) ## Photograph the admin for the editors' guide, and the site, anew (needs Chromium; ARGS=course for one)
	@exec $(PY) -m tests.browser.screenshots $(ARGS)

.PHONY: check
check: $(DEV) ## Check style, types, imports, templates, migrations, deployment settings and locks
	@$(MANAGE) compile_catalogues
	$(PY) .ci/locks.py
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(VENV)/bin/lint-imports --no-cache --no-logo
	$(PY) -m mypy
	$(PY) -m bandit --quiet --recursive --configfile pyproject.toml --severity-level medium .
	$(PY) -m djlint --lint --quiet templates
	DJANGO_SETTINGS_MODULE=cms.settings.test $(MANAGE) makemigrations --check --dry-run
	$(CHECK_ENVIRONMENT) $(MANAGE) check --deploy --fail-level WARNING

.PHONY: format
format: $(DEV) ## Rewrite Python files in the house style
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

.PHONY: lock
lock: $(DEV) ## Renew the lock files from pyproject.toml (ARGS=--upgrade for newer versions)
	UV="$(VENV)/bin/uv" ARGS="$(ARGS)" .ci/lock

.PHONY: install
install: $(DEV) ## Install everything for development and stop there

.PHONY: shell
shell: $(INSTALLED) ## Open a Python shell with the models loaded
	@exec $(MANAGE) shell $(ARGS)

.PHONY: migrations
migrations: $(INSTALLED) ## Write migrations for changed models
	@exec $(MANAGE) makemigrations $(ARGS)

.PHONY: messages
messages: $(INSTALLED) ## Collect the texts to translate into locale/ (needs GNU gettext), and say what is missing
	@command -v xgettext >/dev/null || { echo "GNU gettext is missing; on Debian: apt-get install gettext" >&2; exit 1; }
	@$(MANAGE) makemessages --verbosity 0
	@$(MANAGE) compile_catalogues
	@msgattrib --untranslated --no-obsolete locale/sv/LC_MESSAGES/django.po

.PHONY: superuser
superuser: $(INSTALLED) ## Create one more administrator
	@exec $(MANAGE) createsuperuser

.PHONY: audit
audit: $(DEV) ## Ask whether anything in the lock has a known vulnerability; fails where nobody can be asked
	@exec $(PY) .ci/audit.py

.PHONY: sbom
sbom: $(DEV) ## Write the bill of materials of what production installs to var/sbom.json (CycloneDX)
	@mkdir -p var
	@PYTHONWARNINGS=ignore $(VENV)/bin/cyclonedx-py requirements requirements.txt --pyproject pyproject.toml --mc-type application --output-reproducible --output-file var/sbom.json
	@echo "var/sbom.json"

.PHONY: bench
bench: $(DEV) ## Measure the site on real servers, some minutes (ARGS="--seconds 10", --load, or --memory 200000)
	@missing=; for program in wrk nginx varnishd redis-server; do \
		PATH="$$PATH:/usr/sbin" command -v $$program >/dev/null || missing="$$missing $$program"; \
	done; \
	test -z "$$missing" || { apt-get update -qq && apt-get install -y -qq --no-install-recommends wrk nginx-light varnish redis-server postgresql; }
	@exec $(PY) -m bench $(ARGS)

.PHONY: bench-api
bench-api: $(DEV) ## Compare a pull of 2,000 courses with Wagtail's own API (needs PostgreSQL; ARGS="--courses 500")
	@exec $(PY) -m bench.api $(ARGS)

.PHONY: who-may
who-may: $(DEV) ## Write down who may do what in the admin, tests/security/who_may.csv; read what has changed
	@WRITE_WHO_MAY=1 $(PY) -m pytest --quiet tests/security/test_matrix.py

.PHONY: fuzz
fuzz: $(DEV) ## Send 10,000 requests that nobody means well with (FUZZ_REQUESTS=…, FUZZ_SEED=…)
	@FUZZ_REQUESTS=$${FUZZ_REQUESTS:-10000} $(PY) -m pytest --quiet -rP --show-capture=stdout tests/security/test_fuzzing.py

.PHONY: contract
contract: $(DEV) ## Hold a running site against its OpenAPI document, in all of schemathesis's ways (URL=http://localhost:8000)
	@$(VENV)/bin/schemathesis --config-file tests/partners/schemathesis.toml \
		run $${URL:-http://localhost:8000}/api/v2/openapi.json --phases examples,coverage,fuzzing,stateful $(ARGS)

.PHONY: crawl
crawl: $(DEV) ## Walk the site as in production, as each role, and look for what is wrong (CRAWL_OF_A_ROUTE=20)
	@CRAWL_OF_A_ROUTE=$${CRAWL_OF_A_ROUTE:-20} $(PY) -m pytest --quiet -rP tests/operations/test_crawl.py

.PHONY: xss
xss: $(DEV) ## Give every text input all script texts, and open in Chromium what shows them; a quarter of an hour (XSS_FORMS=1 for one form)
	@env -u DATABASE_URL XSS=1 $(PY) -m pytest --quiet -rP --show-capture=stdout tests/browser/test_xss.py

.PHONY: backup
backup: $(INSTALLED) ## Copy the database and the uploads to var/backups (TO=directory)
	@exec $(MANAGE) backup $(if $(TO),--to "$(TO)")

.PHONY: restore
restore: $(INSTALLED) ## Replace database and uploads by a backup (FROM=directory); asks for SURE=yes
	@test -n "$(FROM)" || { echo "Say which: make restore FROM=var/backups/… SURE=yes"; exit 1; }
	@exec $(MANAGE) restore "$(FROM)" $(if $(filter yes,$(SURE)),--yes)

.PHONY: clean
clean: ## Remove the virtual environment and caches; the site's data in var/ stays
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: clean-data
clean-data: ## Delete the local database and uploads in var/; asks for SURE=yes
	@test "$(SURE)" = yes || { echo "This deletes the local site in var/. If you mean it: make clean-data SURE=yes"; exit 1; }
	rm -rf var

# A virtual environment whose Python has gone or is too old is made anew.
ifneq ($(shell $(PY) -c '$(SUITABLE)' >/dev/null 2>&1 && echo sound),sound)
.PHONY: $(PY)
endif
$(PY):
	@for python in $(CANDIDATES); do \
		if "$$python" -c '$(SUITABLE)' >/dev/null 2>&1; then found="$$python"; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
		echo "Python 3.12 or later, with venv and ensurepip, was not found; install it, or name it: make PYTHON=/path/to/python …" >&2; \
		exit 1; \
	fi; \
	echo "Making a virtual environment with $$("$$found" --version) …"; \
	started=$$(date +%s); \
	"$$found" -m venv --clear $(VENV) && echo "Environment: made ($$(($$(date +%s) - started)) s)."

# pip's warnings are for those who look for them; where it fails, all that it said is shown.
LOG := var/start.log
install = mkdir -p $(dir $(LOG)); started=$$(date +%s); \
	$(PIP) install --require-hashes --requirement $(1) >$(LOG) 2>&1 || { status=$$?; cat $(LOG) >&2; exit $$status; }; \
	echo "Packages: installed ($$(($$(date +%s) - started)) s)."; \
	touch $@

$(RUNTIME): | $(PY)
	@echo "Installing what the site needs …"
	@$(call install,requirements.txt)

$(DEV): | $(PY)
	@echo "Installing what development needs …"
	@$(call install,requirements-dev.txt)
