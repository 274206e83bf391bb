"""What scenarios do to the story is done to the background as well."""

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from chahe.simulate.crowd.visits import write_sign_ins
from chahe.simulate.dials import chosen
from chahe.simulate.firm import made
from chahe.simulate.life.access import SIGN_INS
from chahe.simulate.life.company import WEB, Firm
from chahe.simulate.sizes import MEDIUM
from chahe.simulate.truth import Truth

AS_OF = date(2026, 11, 22)
SIZE = replace(
    MEDIUM, customers=200, orders_a_day=1, busy_days=0, busy_orders=0, transfers=0, chats=0, firewall_an_hour=1
)
ROC = 1911
"""Years of the Republic begin after this one."""


@pytest.fixture(scope="module", params=["blatant", "subtle"])
def world(request: pytest.FixtureRequest) -> tuple[Firm, Truth]:
    return made(7, AS_OF, scenarios=chosen(f"all:{request.param}"), size=SIZE)


def test_a_statement_to_staff_goes_to_a_mailbox_on_the_list(world: tuple[Firm, Truth]) -> None:
    firm, truth = world
    mailboxes = {one.value for one in firm.clientele.contacts if (one.party_kind, one.kind) == ("員工", "電子郵件")}

    [told] = [one.key["reference"] for one in truth.findings if one.scenario == "statement_to_staff"]

    [sent_to] = [one.sent_to for one in firm.custody.deliveries if one.delivery.lower() == told]
    assert sent_to.lower() in mailboxes


def test_sign_ins_of_customers_begin_with_the_log_of_their_host(world: tuple[Firm, Truth], tmp_path: Path) -> None:
    firm, _ = world
    write_sign_ins(firm, firm.members, tmp_path)

    with (tmp_path / SIGN_INS).open(encoding="utf-8-sig", newline="") as lines:
        days = [row["發生時間"].split(" ")[0].split("/") for row in csv.DictReader(lines)]
    assert len(days) > 1000
    assert (
        min(date(int(year) + ROC, int(month), int(day)) for year, month, day in days) >= firm.log_from[firm.called(WEB)]
    )
