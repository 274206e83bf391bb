"""Numbers of credit checks."""

from datetime import date

from chahe.simulate.firm import made
from chahe.simulate.life.credit import assess

AS_OF = date(2026, 11, 22)


def test_a_number_is_not_given_again_when_a_check_was_taken_away() -> None:
    firm = made(1, AS_OF)[0]
    kept = firm.credit.assessments
    del kept[3]

    assess(firm, "K1", 1, AS_OF, "財力證明")

    numbers = [one.assessment for one in kept]
    assert len({one[-4:] for one in numbers}) == len(numbers)
