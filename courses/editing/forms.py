"""The form in which a course is written."""

from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Select
from django.utils.translation import gettext_lazy as _

from cms.models import University
from cms.pages.forms import PageForm
from courses.partner_editors.permissions import hosts_open_to


class CoursePageForm(PageForm):
    """Lets a partner editor name no host but a university of theirs, in drafts too."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        page = self.instance if self.instance.pk else self.parent_page
        self.open_hosts = hosts_open_to(self.for_user, page) if self.for_user and page else None
        field = self.fields.get("host")
        if self.open_hosts is None or field is None:
            return
        # Wagtail's chooser would offer every university, and this list is short.
        field.widget = Select()
        field.queryset = University.objects.filter(pk__in=[host.pk for host in self.open_hosts])
        field.error_messages["invalid_choice"] = _(
            "You can only choose a university whose courses you look after."
        )
        if len(self.open_hosts) == 1:
            field.empty_label = None
            if not self.instance.pk:
                field.initial = self.initial["host"] = self.open_hosts[0].pk

    def clean_host(self) -> University | None:
        """Raise ValidationError where a partner editor leaves the host open.

        A draft without one would be nobody's, and its author could not come back to it.
        """
        host: University | None = self.cleaned_data["host"]
        if host is None and self.open_hosts is not None:
            raise ValidationError(_("Choose the university that gives the course."))
        return host
