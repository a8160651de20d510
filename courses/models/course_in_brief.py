"""What lists, searches and pictures take from a course."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext, override, pgettext

from cms.media.pictures.motifs import steps_of
from courses.credits import credits_in_words
from courses.models.stage import all_stages
from courses.status_text import status_in_words

if TYPE_CHECKING:
    from decimal import Decimal


class CourseInBriefMixin:
    """A course in a few words, in the reader's language."""

    # The course's own.
    application_url: str
    credits: "Decimal | None"
    entry_requirements: str
    host: Any
    how_to_apply: str
    lead_session: Any
    people: Any
    sessions: Any
    stages: Any
    taught_in_english: bool
    taught_in_swedish: bool

    @property
    def languages_of_instruction(self) -> list[tuple[str, str]]:
        """The languages as BCP 47 code and name in the reader's language."""
        languages = [
            (self.taught_in_english, "en", pgettext("of a course", "English")),
            (self.taught_in_swedish, "sv", pgettext("of a course", "Swedish")),
        ]
        return [(code, str(name)) for is_taught, code, name in languages if is_taught]

    @property
    def credits_in_words(self) -> str:
        """The credits as the reader writes them."""
        return credits_in_words(self.credits)

    @property
    def facts_in_brief(self) -> list[str]:
        """Host, credits, and a session's first day and status, as far as they are known."""
        session = self.lead_session
        start = session.start_date if session else None
        return [
            *([self.host.localised_name] if self.host else []),
            *([self.credits_in_words] if self.credits else []),
            *([gettext("starts on %s") % date_format(start)] if start else []),
            *([status_in_words(session)] if session else []),
        ]

    @property
    def steps(self) -> list[int]:
        """Where the stages that the course is about stand among all, from 0 to 5."""
        covered = {stage.pk for stage in self.stages.all()}
        return steps_of([stage.pk in covered for stage in all_stages()])

    @property
    def facts_in_words(self) -> list[str]:
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
