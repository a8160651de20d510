"""The school's own words, as the school sent them. Compared with the site letter by letter."""

ABOUT = (
    "Welcome to the National Advanced Therapy Medicinal Products (ATMP) Research School, "
    "where our mission is to advance the knowledge and expertise needed in the development of"
    " cell, gene, and tissue-based therapies in Sweden.",
    "Advanced Therapy Medicinal Products (ATMPs) are revolutionary medicines based on cells, "
    "tissues, or genes. These therapies offer new possibilities for treating a wide range of "
    "severe diseases, from cancer to Parkinson's disease and diabetes. However, making these "
    "advanced treatments accessible to all remains a significant challenge.",
    "The National ATMP Research School is a collaborative effort among five leading "
    "universities in Sweden: Lund University, Umeå University, Uppsala University, Karolinska"
    " Institutet, and the University of Gothenburg and is open to all Swedish higher "
    "education institutions. Together, we aim to advance the ATMP research field and create a"
    " sustainable educational platform that enables collaboration among academic, healthcare,"
    " and industry sectors, benefiting both professionals and society.",
    "Our courses are designed to expand on standard doctoral offerings, providing new and "
    "relevant content jointly developed by our partner universities. These courses cover the "
    "entire spectrum of advanced therapy development, from initial research to clinical "
    "application.",
    "By fostering connections between internationally recognized research environments and "
    "stakeholders in the Swedish ATMP ecosystem, we are working towards our vision of "
    "enabling patient access to ATMPs in Sweden.",
)
AUDIENCES_HEADING = "Who is the research school for?"
VISION = (
    "Our vision is to enable patient access to ATMPs in Sweden by fostering the highest level"
    " of expertise among healthcare, academic, industry, regulatory, and legal professionals."
)
MISSION = (
    "We are committed to establishing a sustainable ATMP education platform where Swedish "
    "academic, healthcare, and industry sectors collaborate to secure a leading global "
    "position in this field, ultimately benefiting society."
)
FUNDING = (
    "The National ATMP Research School has been awarded a grant of 46 million SEK from the "
    "Swedish Research Council.",
    "This funding supports node managers' compensation, course development, students’ salary "
    "(each project application will receive 1,5 million SEK) remuneration for teachers, and "
    "conference facilities. The grant period spans from 2023 to 2027.",
)
