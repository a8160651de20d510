"""What people type into fields for dates, times and numbers, and what they mean by it."""

from datetime import date, time
from decimal import Decimal
from typing import Final

NBSP, THIN, NARROW = "\N{NO-BREAK SPACE}", "\N{THIN SPACE}", "\N{NARROW NO-BREAK SPACE}"

_DAY: Final = date(2027, 3, 8)
DAYS: Final[dict[str, date]] = {
    **dict.fromkeys(
        [
            "2027-03-08",
            " 2027-03-08 ",
            "2027-3-8",
            "2027/03/08",
            "2027.03.08",
            "20270308",
            "8/3 2027",
            "8/3/2027",
            "08/03/2027",
            "8.3.2027",
            "08.03.2027",
            "8. 3. 2027",
            "8.3 2027",
            "8 mars 2027",
            "8 Mars 2027",
            "8 mar 2027",
            "8 mar. 2027",
            "den 8 mars 2027",
            "den 8:e mars 2027",
            "8 March 2027",
            "8 MARCH 2027",
            "8 March, 2027",
            "8th March 2027",
            "the 8th of March 2027",
            "March 8, 2027",
            "Mar 8 2027",
            f"8{NBSP}mars{NBSP}2027",
        ],
        _DAY,
    ),
    "19 mars 2027": date(2027, 3, 19),
    "12.10.2027": date(2027, 10, 12),
    "12 okt 2027": date(2027, 10, 12),
    "12 oct 2027": date(2027, 10, 12),
    "1 maj 2027": date(2027, 5, 1),
    "1 May 2027": date(2027, 5, 1),
    "29 februari 2028": date(2028, 2, 29),
}
NO_DAYS: Final = [
    "xyz",
    "idag",
    "tomorrow",
    "8/3",
    "8 mars",
    "mars 2027",
    "8/3 27",
    "31 juni 2027",
    "2027-02-29",
    "2027-13-01",
    "8 Merz 2027",
    "8 m 2027",
    "0",
    "9999999999",
    "8 mars 2027 14:30",
]
# Dates, but not of this school.
WRONG_YEARS: Final = ["8/3 0207", "1 maj 1827", "2207-03-08"]

TIMES: Final[dict[str, time]] = {
    **dict.fromkeys(
        [
            "14:30",
            "14.30",
            "1430",
            "14:30:00",
            "kl 14:30",
            "kl. 14.30",
            "kl.14.30",
            "klockan 14.30",
            "at 14:30",
            "2:30 pm",
            "2.30 pm",
            "2.30pm",
            "2:30 PM",
            "2.30 p.m.",
            "02:30 pm",
        ],
        time(14, 30),
    ),
    "kl 9": time(9),
    "9:05": time(9, 5),
    "09.05": time(9, 5),
    "9 am": time(9),
    "at 9 a.m.": time(9),
    "12 am": time(0),
    "12 pm": time(12),
    "00:00": time(0),
    "23:59": time(23, 59),
}
NO_TIMES: Final = ["xyz", "14", "25:00", "14:60", "14:3", "14 pm", "0 am", "noon", "2.30 xm", "143"]

NUMBERS: Final[dict[str, Decimal]] = {
    "4.5": Decimal("4.5"),
    "4,5": Decimal("4.5"),
    "48,5": Decimal("48.5"),
    " 48.50 ": Decimal("48.5"),
    "0,5": Decimal("0.5"),
    ",5": Decimal("0.5"),
    "7": Decimal(7),
    "7,0": Decimal(7),
    "1500": Decimal(1500),
    "1 500": Decimal(1500),
    "1 500 000": Decimal(1_500_000),
    f"1{NBSP}500{NBSP}000": Decimal(1_500_000),
    f"1{THIN}500{THIN}000": Decimal(1_500_000),
    f"1{NARROW}500{NARROW}000": Decimal(1_500_000),
    "1500000": Decimal(1_500_000),
    "1,500,000": Decimal(1_500_000),
    "1.500.000": Decimal(1_500_000),
    "1 500 000,50": Decimal("1500000.5"),
    "1 500 000.50": Decimal("1500000.5"),
    "1,500,000.50": Decimal("1500000.5"),
    "1.500.000,50": Decimal("1500000.5"),
    "1,500.25": Decimal("1500.25"),
    "1.500,25": Decimal("1500.25"),
    "1500,25": Decimal("1500.25"),
}
NO_NUMBERS: Final = [
    "seven",
    "7,5 hp",
    "1e5",
    "NaN",
    "1 50",
    "15 00 000",
    "1,50,000",
    "1,500.000.000",
    "4,",
    "4,5,6",
    "--4",
    "½",
    "٤",
    "1" * 50,
]
AMBIGUOUS: Final = ["1.500", "1,500", "48.000", "123,456"]
