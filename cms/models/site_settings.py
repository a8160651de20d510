"""What the footer and the contact details of the whole site say."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Orderable

from cms.fields import WebAddressField
from cms.i18n.languages import localised


@register_setting(icon="cog", order=10)
class SiteSettings(BaseSiteSetting, ClusterableModel):
    """Contact details, footer texts and the pages the law wants in reach of every page."""

    contact_email = models.EmailField(
        _("e-mail"), blank=True, help_text=_("Shown in the footer of every page.")
    )
    contact_phone = models.CharField(_("telephone"), max_length=40, blank=True)
    postal_address = models.TextField(_("postal address"), max_length=300, blank=True)
    contact_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("contact page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_(
            "The last entry of the menu, once it is published. Without one, "
            "the menu leads to the contact details at the bottom of each page."
        ),
    )
    footer_text = models.TextField(
        _("footer text in English"),
        max_length=400,
        blank=True,
        help_text=_("One or two sentences about the school."),
    )
    footer_text_sv = models.TextField(_("footer text in Swedish"), max_length=400, blank=True)
    accessibility_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("accessibility statement"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Linked from every page once it is published (Act 2018:1937)."),
    )
    privacy_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("privacy page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Linked from every page once it is published."),
    )

    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("contact_email"), FieldPanel("contact_phone")]),
                FieldPanel("postal_address"),
                FieldPanel("contact_page"),
            ],
            heading=_("Contact"),
        ),
        MultiFieldPanel(
            [FieldPanel("footer_text"), FieldPanel("footer_text_sv")], heading=_("Footer")
        ),
        MultiFieldPanel(
            [FieldPanel("accessibility_page"), FieldPanel("privacy_page")],
            heading=_("Pages the law asks for"),
        ),
        InlinePanel("social_links", heading=_("Social media"), label=_("Link")),
    ]

    class Meta:
        verbose_name = _("contact and footer")

    @property
    def localised_footer_text(self) -> str:
        """The footer text in the reader's language."""
        return localised(self, "footer_text")


class SocialLink(Orderable):
    """One of the school's accounts elsewhere."""

    settings = ParentalKey(SiteSettings, on_delete=models.CASCADE, related_name="social_links")
    label = models.CharField(_("name"), max_length=40, help_text=_("Such as LinkedIn."))
    url = WebAddressField(_("address"))

    panels = [FieldRowPanel([FieldPanel("label"), FieldPanel("url")])]

    class Meta(Orderable.Meta):
        verbose_name = _("social media link")
        verbose_name_plural = _("social media links")

    def __str__(self) -> str:
        return self.label
