"""Single sign-on with an account of the universities (OpenID Connect Core 1.0)."""
