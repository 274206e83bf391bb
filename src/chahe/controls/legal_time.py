"""SQL for legal periods that begin on a day of a row: the end of so many calendar months, as the Civil Code counts them.

Where a period ends on the as-of day, `:<parameter>_since` says all; these are for periods between two days of the records.
"""


def period_end(day: str, months: str) -> str:
    """SQL for the last day of a period of whole months that an event on `day` sets running; both are SQL expressions.

    民法 119-123, as `chahe.rules.periods.ends_on`: the day of the event is not counted, and the period ends on the day
    before the one that corresponds to the first counted day, or on the last day of the month that has no such day.
    """
    later = f"CAST({day} + 1 + INTERVAL '1' MONTH * CAST({months} AS INTEGER) AS DATE)"
    return f"(CASE WHEN day({later}) = day({day} + 1) THEN {later} - 1 ELSE {later} END)"
