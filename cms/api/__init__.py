"""The API that partner sites pull: Wagtail's v2 with strict parameters and a schema of its own.

It shows what `cms.publishing.visibility` calls public, and never decides that itself.
"""
