"""The addresses of pages that are no more."""

from django.db import models

LONGEST_PATH = 1000


class GoneAddress(models.Model):
    """An address that had a page which everyone could read, until the page was deleted.

    It is kept as the tree has it, which tells sites and languages apart. A page or a redirect at
    the same address goes before it.
    """

    url_path = models.CharField(max_length=LONGEST_PATH, unique=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.url_path
