"""What the measurements are held against: the one place that says what is aimed at."""

# The most database queries of each way to answer, whatever the address and the number of courses.
QUERIES = {"cold": 12, "cached": 1, "304": 1}
# How many times as fast as Wagtail's own API ours has to be.
TIMES_STOCK = 5


def too_many_queries(counted: dict[str, dict[str, int]]) -> list[str]:
    """Return a sentence for each response that takes more queries than it may.

    `counted` has the number of queries by name of the page and by way to answer, as in `QUERIES`.
    """
    return [
        f"{name}, {way}: {number} queries; the aim is {QUERIES[way]}."
        for name, ways in counted.items()
        for way, number in ways.items()
        if number > QUERIES[way]
    ]
