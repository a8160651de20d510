"""Each guard around another package is still needed: that package, by itself, has the fault.

Where one of these tests fails after an upgrade, its guard in `cms/upstream/` can go.
"""

from collections.abc import Callable
from importlib import import_module
from inspect import unwrap
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import pytest
from allauth.core import context
from allauth.mfa.webauthn.forms import AddWebAuthnForm, LoginWebAuthnForm
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.contrib.staticfiles import finders
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection
from django.db.models import F, ForeignKey
from django.db.models.lookups import In
from django.http import HttpRequest, QueryDict
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from modelcluster.forms import (
    BaseChildFormSet,
    BaseTransientModelFormSet,
    childformset_factory,
    transientmodelformset_factory,
)
from modelcluster.models import model_from_serializable_data
from pytest_django import DjangoAssertNumQueries, Settings
from wagtail.admin import auth
from wagtail.admin.forms.choosers import URLOrAbsolutePathField
from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.views.dismissibles import DismissiblesView
from wagtail.admin.views.generic.chooser import CreateView, CreateViewMixin
from wagtail.admin.views.pages.bulk_actions import DeleteBulkAction
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction
from wagtail.admin.views.pages.copy import CopyView
from wagtail.admin.views.pages.move import MoveConfirmView
from wagtail.admin.widgets import AdminPageChooser, BaseChooser
from wagtail.blocks import PageChooserBlock, StreamBlock
from wagtail.blocks.base import BlockWidget
from wagtail.contrib.redirects.forms import ConfirmImportManagementForm
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site
from wagtail.search.backends.database import SearchBackend

import cms.upstream
from cms.upstream.admin import forms, inline_scripts, tags
from cms.upstream.admin.titles import named_by
from courses.models import CoursePage, CourseSession
from tests.factories import UserFactory
from tests.school import School

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_(rf: RequestFactory) -> HttpRequest:
    """A request of a superuser that sends nothing of what a form would."""
    request = rf.post("/", {"new_parent_page": "999999"})
    request.user = UserFactory.create(is_superuser=True)
    request.session = SessionStore()
    return request


def test_every_guard_says_what_it_was_needed_on_and_when_it_can_go() -> None:
    for module in walk_packages(cms.upstream.__path__, "cms.upstream."):
        if not module.ispkg and not module.name.endswith((".apps", ".wagtail_hooks")):
            said = import_module(module.name).__doc__ or ""
            assert "Changed: " in said, module.name
            assert "\nDelete " in said, module.name


def _block(read: Callable[..., Any]) -> None:
    read(BlockWidget(StreamBlock([])), QueryDict("body-count=many"), {}, "body")


def _import(read: Callable[..., Any]) -> None:
    form = ConfirmImportManagementForm({})
    form.cleaned_data = {}
    read(form)


def _dismissibles(read: Callable[..., Any]) -> None:
    request = RequestFactory().patch("/", "[7]", content_type="application/json")
    request.user = UserFactory.create()
    read(DismissiblesView(), request)


def _formset(read: Callable[..., Any]) -> None:
    sent = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-id": "Lund"}
    read(transientmodelformset_factory(Site, fields=["hostname"])(sent), 0)


SENT: dict[type, Callable[[Callable[..., Any]], None]] = {
    BaseTransientModelFormSet: _formset,
    BlockWidget: _block,
    ConfirmImportManagementForm: _import,
    DismissiblesView: _dismissibles,
    DraftailRichTextArea: lambda read: read(DraftailRichTextArea(), {"text": "7"}, {}, "text"),
    URLOrAbsolutePathField: lambda read: read(URLOrAbsolutePathField(), None),
}


@pytest.mark.parametrize(("owner", "name", "errors"), forms.READERS)
def test_forms_are_read_as_if_they_were_whole(
    owner: type, name: str, errors: tuple[type[Exception], ...]
) -> None:
    with pytest.raises(errors):
        SENT[owner](getattr(owner, name).__wrapped__)


def test_a_chooser_creates_without_a_form(request_: HttpRequest) -> None:
    view: Any = CreateView(model=Site)
    view.setup(request_)
    with pytest.raises(AttributeError):
        CreateViewMixin.post.__wrapped__(view, request_)


def test_a_chooser_asks_for_what_is_no_key() -> None:
    with pytest.raises(ValueError, match="expected a number"):
        AdminPageChooser().get_instance("Lund")


def test_a_chooser_asks_for_what_is_at_hand(
    school: School, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    chooser = AdminPageChooser()
    chooser.known_instance = school.home
    with django_assert_num_queries(0):
        assert chooser.get_instance(school.home.pk) == school.home
    with django_assert_num_queries(1):
        assert BaseChooser.get_instance.__wrapped__(chooser, school.home.pk).pk == school.home.pk


def test_a_number_beyond_64_bits_is_asked_for() -> None:
    if connection.vendor == "sqlite":
        with pytest.raises(OverflowError):
            Page.objects.filter(In(F("id"), [10**30])).exists()


def test_all_pages_of_a_list_are_others_too_and_of_no_type(
    school: School, request_: HttpRequest
) -> None:
    group = school.university.partner_editors
    assert group is not None
    request_.user = UserFactory.create(groups=[group.name])
    every = unwrap(PageBulkAction.get_all_objects_in_listing_query)
    assert school.other_course.pk in every(DeleteBulkAction(request_, Page), school.index.pk)
    (page,) = BulkAction.get_queryset(Page, [school.course.pk])
    assert type(page) is Page


def test_scripts_within_pages_bear_no_nonce() -> None:
    with inline_scripts.marked_with("of-this-response"):
        for owner, name, count in inline_scripts.WRITERS[:-1]:
            widget = AdminPageChooser() if owner is BaseChooser else owner()
            marked = getattr(owner, name)
            for write, nonces in ((unwrap(marked), 0), (marked, count)):
                html = write(widget, "id", None, {"id": "id"})
                assert html.count("<script") == count
                assert html.count('nonce="of-this-response"') == nonces


def test_pages_are_named_as_in_their_drafts_whoever_reads(school: School) -> None:
    school.vision.title = "Not for everybody"
    school.vision.save_revision()
    with named_by(lambda _page, _title: None):
        assert unwrap(Page.get_admin_display_title)(school.vision) == "Not for everybody"
        assert unwrap(Page.__str__)(school.vision) == "Not for everybody"
        assert school.vision.get_admin_display_title() == str(school.vision) != "Not for everybody"


def test_a_block_forgets_what_is_gone() -> None:
    block = PageChooserBlock(required=False)
    assert block.clean(block.value_from_form("999999")) is None


def test_the_root_is_moved_and_a_page_copied_to_none(
    school: School, request_: HttpRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("wagtail.hooks.get_hooks", lambda _name: [])
    root = Page.get_first_root_node().pk
    with pytest.raises(AttributeError):
        MoveConfirmView.as_view()(request_, page_to_move_id=root, destination_id=school.home.pk)
    with pytest.raises(Page.DoesNotExist):
        CopyView.as_view()(request_, page_id=school.contact.pk)


def test_a_form_that_is_refused_is_answered_with_another_page(request_: HttpRequest) -> None:
    request_._messages = FallbackStorage(request_)  # type: ignore[attr-defined]
    assert auth.permission_denied.__wrapped__(request_).status_code == 302


@pytest.mark.parametrize("form", tags.FORMS)
def test_a_tag_for_many_may_be_of_any_length(form: Any) -> None:
    filled_in = form({"tags": "x" * 101})
    filled_in.fields["tags"].validators.remove(tags.validate_tags)
    assert filled_in.is_valid()


def test_a_redirect_is_kept_as_no_browser_asks_for_it() -> None:
    normalise: Any = Redirect.normalise_path
    for typed in ("/om oss", "/anso\u0308kan"):
        assert normalise.__wrapped__(typed) == typed != normalise(typed)


def test_a_passkey_that_is_none_fails(request_: HttpRequest) -> None:
    sent = {"credential": '{"id": "a"}'}
    with context.request_context(request_):
        for form in (AddWebAuthnForm(sent, user=request_.user), LoginWebAuthnForm(sent)):
            with pytest.raises(KeyError):
                form.is_valid()


def test_a_whole_text_is_searched_for() -> None:
    words = " ".join(f"word{number}" for number in range(1000))
    with pytest.raises((RecursionError, DatabaseError)):
        list(SearchBackend({}).search(words, Page))


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL's words are escaped.")
def test_a_quotation_mark_ends_a_query() -> None:
    with pytest.raises(DatabaseError):
        list(SearchBackend({}).search('"cell', Page))


def test_a_page_deeper_down_costs_more_queries(school: School, rf: RequestFactory) -> None:
    counts = []
    for path in ("about", "about/vision"):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert Page.route_for_request(rf.get(f"/{path}/"), path)
        counts.append(len(queries))
    assert counts[0] < counts[1]


def test_children_are_asked_for_one_by_one(school: School) -> None:
    [session, _past] = school.course.serializable_data()["sessions"]
    with CaptureQueriesContext(connection) as queries:
        model_from_serializable_data(CourseSession, session)
    assert queries
    formset = childformset_factory(CoursePage, CourseSession, fields=["location"])
    add_fields = BaseChildFormSet.add_fields.__wrapped__
    form: Any = formset(instance=school.course).forms[0]
    add_fields(formset(instance=school.course), form, 0)
    with CaptureQueriesContext(connection) as queries:
        form.fields["id"].clean(str(form.instance.pk))
    assert queries


def test_objects_at_hand_are_asked_for(school: School) -> None:
    course, field = school.course, CoursePage._meta.get_field("host")
    host = course.host
    assert host is not None
    with CaptureQueriesContext(connection) as queries:
        unwrap(ForeignKey.validate)(field, host.pk, course)
    assert queries
    with CaptureQueriesContext(connection) as queries:
        field.validate(host.pk, course)
    assert not queries
    course.host_id = host.pk + 1000
    with pytest.raises(ValidationError):
        field.validate(course.host_id, course)


def test_a_first_edit_is_not_seen() -> None:
    script = finders.find("wagtailadmin/js/core.js")
    assert "initialDelayValue=2e3" in Path(str(script)).read_text()


def test_https_on_another_port_is_named_http(settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    site = Site(hostname="a.example", port=8443)
    assert site.root_url == "https://a.example:8443"
    assert unwrap(Site.root_url.fget)(site) == "http://a.example:8443"
