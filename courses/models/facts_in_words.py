"""What a course's page says in the site's own words: it is found by them."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext, override


class FactsInWordsMixin:
    """Whoever mixes it in is a course."""

    @property
    def facts_in_words(self: Any) -> list[str]:
        """Credits, languages, forms of teaching, roles and headings, in each of the languages.

        A course in English is found from the Swedish list too.
        """
        found: list[str] = []
        for code, _name in settings.LANGUAGES:
            with override(code):
                found.append(self.credits_in_words)
                found += [name for _code, name in self.languages_of_instruction]
                found += [session.get_mode_display() for session in self.sessions.all()]
                found += [person.get_role_display() for person in self.people.all()]
                if self.entry_requirements:
                    found.append(gettext("Entry requirements"))
                if self.how_to_apply or self.application_url:
                    found.append(gettext("How to apply"))
        return found
