"""Editors who publish at once, for `manage.py shell`."""

import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, connection, transaction

from tests.partners.mirroring import ANYWHERE

_LONGEST_PAUSE = 0.05
_ONE_FAILS_OF = 10


def publish(editors: int, seconds: float) -> Counter[str]:
    """Let so many editors publish for so long; return how many changes were kept, and were not.

    Each does what comes to its mind with whatever page there is, in transactions of uneven length,
    some of which fail.
    """
    until = time.monotonic() + seconds
    with ThreadPoolExecutor(editors) as pool:
        return sum(pool.map(_publish_until, [until] * editors, range(editors)), Counter())


def _publish_until(until: float, number: int) -> Counter[str]:
    chance, done = random.Random(number), Counter[str]()
    no_school: Any = None
    while time.monotonic() < until:
        fails = chance.randrange(_ONE_FAILS_OF) == 0
        try:
            with transaction.atomic():
                chance.choice(ANYWHERE)(no_school, chance)
                time.sleep(chance.uniform(0, _LONGEST_PAUSE))
                transaction.set_rollback(fails)
        except (DatabaseError, ObjectDoesNotExist) as error:
            # What another has deleted, or a deadlock, of which the database ends one side.
            done[type(error).__name__] += 1
        else:
            done["rolled back" if fails else "kept"] += 1
    connection.close()
    return done
