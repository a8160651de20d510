"""What a new site starts with: read from the apps' `content/`, never touching what staff made.

Apps and commands call it; it knows no app. An app gives its part as the Wagtail hook
`load_school_content(site)`, which returns a phrase for each thing it made.
"""
