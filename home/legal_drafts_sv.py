"""The two pages that the law asks for in Swedish: `home.legal_drafts`, paragraph by paragraph."""

from typing import Final

from wagtail.models import Site

from cms.models import SiteSettings
from cms.operations.starter_translations import PageWords, phrases, translate_once
from home.legal_drafts import ACCESSIBILITY, PRIVACY, Draft, body_of
from home.models import ContentPage

ACCESSIBILITY_SV: Final = Draft(
    setting=ACCESSIBILITY.setting,
    slug="tillganglighet",
    title="Tillgänglighetsredogörelse",
    summary="Hur tillgänglig webbplatsen är, och vad du kan göra där den inte är det.",
    lead=(
        "Vi vill att alla ska kunna använda webbplatsen. Här beskriver vi hur den uppfyller lagen "
        "om tillgänglighet till digital offentlig service (2018:1937), och hur du kan rapportera "
        "brister till oss så att vi kan åtgärda dem."
    ),
    note=(
        "Ska bekräftas före publicering (lag 2018:1937, 12–14 §§, och föreskrifterna MDFFS 2019:2 "
        "från Myndigheten för digital förvaltning, Digg): vilket lärosäte som ansvarar; "
        "e-postadress, telefonnummer och svarstid; granskningens resultat och datum och vem som "
        "gjorde den; kända brister; tillsynsmyndigheten och dess adress för anmälningar. Ersätt "
        "allt inom hakparentes."
    ),
    sections=(
        (
            "Hur tillgänglig är webbplatsen?",
            (
                "Webbplatsen är byggd för att följa riktlinjerna WCAG 2.2 på nivå AA, och därmed "
                "standarden EN 301 549 som lagen hänvisar till. Varje ändring av webbplatsen "
                "testas automatiskt i en webbläsare: färger, tangentbord, förstoring och den "
                "struktur som skärmläsare använder.",
                "[Kända brister, eller: Vi känner inte till någon del av webbplatsen som inte går "
                "att använda.]",
            ),
        ),
        (
            "Vad kan du göra om du inte kan använda delar av webbplatsen?",
            (
                "Skriv till [e-postadress] eller ring [telefonnummer] om du behöver innehåll från "
                "webbplatsen i en annan form, eller om något inte fungerar för dig. Vi svarar inom "
                "[antal] arbetsdagar.",
            ),
        ),
        (
            "Rapportera brister i webbplatsens tillgänglighet",
            (
                "Om du upptäcker problem som inte är beskrivna på den här sidan, eller om du anser "
                "att webbplatsen inte uppfyller lagens krav, meddela oss: [e-postadress]. Då får "
                "vi veta att problemet finns.",
            ),
        ),
        (
            "Tillsyn",
            (
                "Myndigheten för digital förvaltning, Digg, har ansvaret för tillsyn över att "
                "lagen följs. Om du inte är nöjd med hur vi hanterar dina synpunkter kan du "
                '<a href="https://www.digg.se">anmäla det till Digg</a>.',
            ),
        ),
        (
            "Hur vi har testat webbplatsen",
            (
                "[Vem som har granskat webbplatsen, hur och när: en självskattning eller en "
                "oberoende granskning.] Redogörelsen uppdaterades senast den [datum].",
            ),
        ),
    ),
)

PRIVACY_SV: Final = Draft(
    setting=PRIVACY.setting,
    slug="integritet",
    title="Behandling av personuppgifter",
    summary="Vilka personuppgifter webbplatsen behandlar, varför, och vilka rättigheter du har.",
    lead=(
        "Du kan läsa den här webbplatsen utan att tala om vem du är. Den sätter inga kakor för "
        "besökare."
    ),
    note=(
        "Ska bekräftas före publicering (förordning (EU) 2016/679, artikel 13 och 14): vilket "
        "lärosäte som är personuppgiftsansvarig; dess dataskyddsombud; hur länge serverns logg "
        "sparas och var; den rättsliga grunden för att namnge lärare och kontaktpersoner; vem som "
        "driver servern. Ersätt allt inom hakparentes."
    ),
    sections=(
        (
            "Vem som är ansvarig",
            (
                "[Lärosäte, adress, organisationsnummer] är personuppgiftsansvarig för de "
                "personuppgifter som behandlas här. Dataskyddsombud: [e-postadress].",
            ),
        ),
        (
            "När du besöker webbplatsen",
            (
                "Webbplatsen sätter inga kakor för besökare, lagrar ingenting på din enhet, gör "
                "inga besöksmätningar och hämtar ingenting från andra företag. En film från en "
                "annan webbplats hämtas bara när du ber om det.",
                "Servern för en logg över förfrågningar, med ip-adresser, för att webbplatsen ska "
                "fungera och vara säker. Loggen raderas efter [antal] dagar.",
            ),
        ),
        (
            "När du skriver till oss eller söker en kurs",
            (
                "Det du skriver i ett e-postmeddelande behandlas för att vi ska kunna svara dig. "
                "E-post till en myndighet kan bli allmän handling. Ansökan till en kurs görs till "
                "det lärosäte som ger kursen, och som då är personuppgiftsansvarig för den.",
            ),
        ),
        (
            "Personer som nämns på webbplatsen",
            (
                "Namn, roller och kontaktuppgifter i arbetet för lärare och kontaktpersoner "
                "publiceras för att studenter ska kunna nå dem. [Rättslig grund.] Skriv till oss "
                "om något om dig är fel eller inte borde stå här.",
            ),
        ),
        (
            "Dina rättigheter",
            (
                "Du har rätt att få veta vilka uppgifter om dig vi behandlar, att få dem rättade "
                "eller raderade, att få behandlingen begränsad och att invända mot den: "
                "[e-postadress]. Om du anser att vi behandlar dem felaktigt kan du lämna klagomål "
                'till <a href="https://www.imy.se">Integritetsskyddsmyndigheten (IMY)</a>.',
            ),
        ),
    ),
)


def load(site: Site) -> list[str]:
    """Add the Swedish drafts of the pages that the settings link; return a phrase for each.

    Only of those that are still the English drafts: another page says something else.
    """
    settings = SiteSettings.for_site(site)
    drafts = []
    for source, draft in ((ACCESSIBILITY, ACCESSIBILITY_SV), (PRIVACY, PRIVACY_SV)):
        linked = ContentPage.objects.filter(pk=getattr(settings, f"{draft.setting}_id"))
        page = linked.filter(title=source.title, slug=source.slug).first()
        drafts.append(translate_once(page, _words(draft)))
    return phrases(drafts)


def _words(draft: Draft) -> PageWords:
    return PageWords(
        title=draft.title,
        slug=draft.slug,
        summary=draft.summary,
        fields={"lead": draft.lead, "body": body_of(draft)},
        note=draft.note,
    )
