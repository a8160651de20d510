"""The widget for partner sites, and addresses below those of course pages."""

from django.urls import path, re_path

from courses.feeds import views

app_name = "courses"
urlpatterns = [
    path("embed/courses.js", views.embed_script, name="embed"),
    path("embed/courses/", views.embed_list, name="embed_list"),
    re_path(r"^(?P<path>(?:[\w\-]+/)+)calendar\.ics$", views.calendar, name="calendar"),
    re_path(r"^(?P<path>(?:[\w\-]+/)+)feed\.atom$", views.feed, name="feed"),
]
