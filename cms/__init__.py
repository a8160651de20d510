"""The foundation that the apps of pages stand on: see docs/architecture.md."""
