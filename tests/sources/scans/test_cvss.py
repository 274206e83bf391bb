"""Scores computed from vectors: those of the standard's examples and of NVD."""

from decimal import Decimal

import pytest

from chahe.sources.scans.cvss import base_score


@pytest.mark.parametrize(
    ("vector", "score"),
    [
        ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "9.8"),
        ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", "10.0"),
        ("CVSS:3.0/AV:N/AC:L/PR:L/UI:R/S:C/C:L/I:L/A:N", "5.4"),
        ("CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:N/A:N", "5.9"),
        ("CVSS:3.1/AV:L/AC:H/PR:N/UI:R/S:U/C:N/I:N/A:N", "0"),
        ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H/E:P/RL:O", "9.8"),
        ("AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "9.8"),
        ("AV:N/AC:L/Au:N/C:P/I:P/A:P", "7.5"),
        ("(AV:N/AC:M/Au:N/C:N/I:P/A:N)", "4.3"),
        ("AV:L/AC:L/Au:N/C:C/I:C/A:C", "7.2"),
        ("AV:N/AC:L/Au:N/C:C/I:C/A:C", "10.0"),
        ("AV:N/AC:L/Au:N/C:N/I:N/A:N", "0.0"),
    ],
)
def test_a_vector_gives_its_base_score(vector, score):
    assert base_score(vector) == Decimal(score)


@pytest.mark.parametrize(
    "vector", ["", "high", "CVSS:4.0/AV:N/AC:L", "CVSS:3.1/AV:N", "CVSS:3.1/AV:X/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"]
)
def test_what_is_no_vector_of_version_2_or_3_has_no_score(vector):
    assert base_score(vector) is None
