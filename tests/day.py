"""The moment at which all tests take place."""

from datetime import UTC, datetime

# A Tuesday, two in the afternoon in Stockholm.
NOW = datetime(2026, 9, 15, 12, 0, tzinfo=UTC)
