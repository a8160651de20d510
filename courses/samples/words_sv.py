"""The sample courses in Swedish, by the slug of the English one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class CourseWords:
    """What a sample course says in Swedish."""

    slug: str
    title: str
    summary: str
    audience: str
    learning_outcomes: tuple[str, ...]
    content: str
    examination: str
    further_requirements: str = ""


GENERAL_REQUIREMENTS: Final = (
    "Antagen till utbildning på forskarnivå inom medicin, naturvetenskap eller teknik."
)
HOW_TO_APPLY: Final = (
    "Det kursgivande lärosätet tar hand om ansökningarna. Bifoga första sidan av din individuella "
    "studieplan och några rader om hur kursen är till nytta för ditt projekt."
)
COURSE_WORDS: Final[Mapping[str, CourseWords]] = {
    "introduction-to-atmps": CourseWords(
        slug="introduktion-till-atmp",
        title="Introduktion till läkemedel för avancerad terapi",
        summary="Exempelkurs: från idé till patient, vägen för ett ATMP på två veckor.",
        audience="Doktorander som är nya inom ATMP, och personal vid samverkande sjukhus.",
        learning_outcomes=(
            "skilja mellan genterapi, somatisk cellterapi och vävnadstekniska produkter",
            "beskriva varje steg på en produkts väg till patienten och vem som beslutar där",
            "diskutera vad som hindrar patienter från att få tillgång till behandlingarna",
        ),
        content="Föreläsningar från alla fem universiteten, ett studiebesök i ett laboratorium och "
        "ett fall i grupp.",
        examination="Ett fall som bearbetas i grupp och presenteras vid ett seminarium.",
    ),
    "stem-cells-and-gene-editing": CourseWords(
        slug="stamceller-och-genredigering",
        title="Stamceller och genredigering",
        summary="Exempelkurs: hur stamceller tas fram, redigeras och kontrolleras för en terapi.",
        audience="Doktorander som arbetar med celler, eller snart ska göra det.",
        further_requirements="Grundläggande cellbiologi.",
        learning_outcomes=(
            "jämföra källor till stamceller för en given sjukdom",
            "planera en genredigering och de kontroller som den kräver",
            "bedöma rapporterade effekter utanför målsekvensen",
        ),
        content="Föreläsningar, artikelseminarier och tre dagar i laboratoriet.",
        examination="En skriftlig plan för ett experiment, och ett muntligt försvar av den.",
    ),
    "immunology-of-cell-therapies": CourseWords(
        slug="immunologi-vid-cellterapi",
        title="Immunologi vid cellterapi",
        summary="Exempelkurs: varför immunförsvaret accepterar, stöter bort eller blir terapin.",
        audience="Doktorander inom immunologi, hematologi och transplantation.",
        further_requirements="Grundläggande immunologi.",
        learning_outcomes=(
            "förklara avstötning av allogena celler och hur den kan undvikas",
            "beskriva hur CAR-T-celler är uppbyggda och vad som får dem att svikta",
            "välja analyser som visar ett immunsvar tidigt",
        ),
        content="En vecka med föreläsningar och datorövningar med verkliga flödescytometridata.",
        examination="En hemtentamen.",
    ),
    "pre-clinical-models-and-vectors": CourseWords(
        slug="prekliniska-modeller-och-vektorer",
        title="Prekliniska modeller och virala vektorer",
        summary="Exempelkurs: att välja den vektor och den modell som besvarar frågan.",
        audience="Doktorander och forskare som förbereder en första prövning på människa.",
        further_requirements="Ett projekt med ett terapeutiskt syfte.",
        learning_outcomes=(
            "välja mellan viral och icke-viral leverans",
            "utforma studier av biodistribution och tumörbildning",
            "ersätta, begränsa och förfina användningen av djur",
        ),
        content="Deltidsstudier med seminarier varje vecka och ett eget projekt.",
        examination="En preklinisk utvecklingsplan för det egna projektet.",
    ),
    "gmp-for-cell-and-gene-therapies": CourseWords(
        slug="gmp-for-cell-och-genterapi",
        title="God tillverkningssed för cell- och genterapi",
        summary="Exempelkurs: att tillverka ett levande läkemedel på samma sätt varje gång.",
        audience="Doktorander, sjukhuspersonal och yrkesverksamma inom näringslivet.",
        further_requirements="Eller två års arbete i laboratorium.",
        learning_outcomes=(
            "läsa och tillämpa EU:s riktlinje om god tillverkningssed (GMP) för ATMP",
            "skriva ett satsprotokoll och hantera en avvikelse",
            "planera frisläppningstester för en produkt med kort hållbarhet",
        ),
        content="Webbföreläsningar, en vecka i ett övningsrenrum och dokumentation av en sats.",
        examination="Ett satsprotokoll och en muntlig examination om det.",
    ),
    "process-development-and-scale-up": CourseWords(
        slug="processutveckling-och-uppskalning",
        title="Processutveckling och uppskalning",
        summary="Exempelkurs: från protokoll på labbänken till process i en sluten bioreaktor.",
        audience="Doktorander inom bioprocessteknik och cellterapi.",
        further_requirements="Praktisk erfarenhet av cellodling.",
        learning_outcomes=(
            "definiera kritiska kvalitetsattribut och processparametrar",
            "jämföra uppskalning med parallellisering",
            "uppskatta tillverkningskostnaden för en process",
        ),
        content="Föreläsningar, en simuleringsövning och studiebesök på två företag.",
        examination="En skriftlig rapport om en simulerad process.",
    ),
    "european-regulation-of-atmps": CourseWords(
        slug="europeiskt-regelverk-for-atmp",
        title="Det europeiska regelverket för ATMP",
        summary="Exempelkurs: från klassificering till godkännande för försäljning.",
        audience="Doktorander, och yrkesverksamma inom regulatoriska frågor och juridik.",
        learning_outcomes=(
            "klassificera en produkt enligt förordning (EG) nr 1394/2007",
            "förbereda frågor för vetenskaplig rådgivning",
            "väga sjukhusundantaget mot en klinisk prövning",
        ),
        content="Sex seminarier på distans med utredare, jurister och utvecklare.",
        examination="En skriftlig begäran om rådgivning, granskad av andra deltagare.",
    ),
    "clinical-trials-with-atmps": CourseWords(
        slug="kliniska-provningar-med-atmp",
        title="Kliniska prövningar med ATMP",
        summary="Exempelkurs: prövningar med få patienter och bestående effekter.",
        audience="Doktorander, läkare och forskningssjuksköterskor.",
        further_requirements="Utbildning i god klinisk sed (GCP).",
        learning_outcomes=(
            "välja en prövningsdesign för en sällsynt sjukdom",
            "skriva de delar av en prövningsansökan som är särskilda för ATMP",
            "planera femton års uppföljning tillsammans med patienter",
        ),
        content="Två veckor på plats, med en månads projektarbete emellan.",
        examination="Ett synopsis för en klinisk prövning, som försvaras inför en panel.",
    ),
    "health-economics-and-patient-access": CourseWords(
        slug="halsoekonomi-och-tillgang",
        title="Hälsoekonomi och tillgång för patienter",
        summary="Exempelkurs: vad en behandling för livet är värd, och vem som betalar.",
        audience="Doktorander, och yrkesverksamma i regioner, myndigheter och företag.",
        learning_outcomes=(
            "läsa en hälsoekonomisk utvärdering kritiskt",
            "jämföra modeller för betalning över tid och efter utfall",
            "beskriva hur nya terapier införs i Sverige",
        ),
        content="Webbföreläsningar och workshoppar med regioner och myndigheter.",
        examination="En utvärdering av en valfri terapi.",
    ),
    "ethics-and-law-of-gene-therapy": CourseWords(
        slug="genterapins-etik-och-juridik",
        title="Genterapins etik och juridik",
        summary="Exempelkurs: samtycke, äganderätt till celler och rättvis tillgång på en dag.",
        audience="Doktorander och jurister.",
        learning_outcomes=(
            "identifiera de etiska frågorna i ett projekt",
            "förklara reglerna om samtycke och biobanker",
        ),
        content="En dag med fall, med litteratur att läsa i förväg.",
        examination="Aktivt deltagande och en kort reflektion.",
    ),
}
