"""Settings: `base` for every environment; `development`, `production` and `test` on top of it."""
