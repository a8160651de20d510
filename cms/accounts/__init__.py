"""Who gets in and what each may do: signing in by django-allauth, roles, users, personal data.

Pages and the API never import from here; the apps may ask which roles there are.
"""
