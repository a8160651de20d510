"""Who gets in: django-allauth as Wagtail's login, second factors, single sign-on, sessions."""
