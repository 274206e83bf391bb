"""Scenarios of issuers' insiders who sell otherwise than they filed; and what only looks so."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from chahe.simulate.cast.customers import Client
from chahe.simulate.cast.special_orders import Filing, IssuerInsider, Pairing
from chahe.simulate.cast.staff_and_systems import Order
from chahe.simulate.days import DAY, months_before
from chahe.simulate.life.access import national_id
from chahe.simulate.life.company import Firm
from chahe.simulate.life.orders import trading_day
from chahe.simulate.scenarios.scenario import Dial, Scenario, in_words
from chahe.simulate.scenarios.special import DIRECTOR, MANAGER, SUPERVISOR, WIFE, known, order_key, special_order
from chahe.simulate.truth import Truth
from chahe.wording import Text

ISSUER: Final = "8995"


def near_misses(firm: Firm, truth: Truth) -> None:
    chairman = national_id(firm.rng("chairman"))
    begins = months_before(firm.as_of, 50)
    firm.special.insiders += [
        IssuerInsider(ISSUER, chairman, "周董", "董事", None, begins),
        IssuerInsider(ISSUER, known(firm, WIFE).national_id, known(firm, WIFE).name, "配偶", chairman, begins),
        *(
            IssuerInsider(ISSUER, known(firm, nth).national_id, known(firm, nth).name, role, None, begins)
            for nth, role in ((DIRECTOR, "董事"), (MANAGER, "經理人"), (SUPERVISOR, "監察人"))
        ),
    ]
    day = trading_day(months_before(firm.as_of, 6) + 2 * DAY)
    few = special_order(firm, known(firm, DIRECTOR), day, ISSUER, Decimal("9.80"), 10_000, buy=False)
    truth.silent("insider-transfer-mismatch", "當日恰一萬股，免申報", **order_key("sold_on", few, symbol=True))
    friend = national_id(firm.rng("friend of the manager"))
    manager = known(firm, MANAGER)
    _filed(firm, manager.national_id, None, day - DAY, "對特定人", "鉅額配對交易", day + DAY, "洪特定", friend)
    block = _block(firm, manager, day)
    _paired(firm, block, "洪特定", friend, confirmed=True)
    truth.silent(
        "insider-transfer-mismatch", "申報對特定人鉅額配對，送出前已確認", **order_key("sold_on", block, symbol=True)
    )


def _unlike_filing(firm: Firm, truth: Truth, dial: Dial) -> None:
    """Case three: filed for the afternoon's fixed-price trading, sold from the wife's account as a paired block."""
    day = trading_day(months_before(firm.as_of, 5) + 4 * DAY)
    chairman, wife = firm.special.insiders[0].national_id, known(firm, WIFE)
    friend = national_id(firm.rng("friend of the chairman"))
    _filed(firm, chairman, wife.national_id, day - DAY, "對特定人", "盤後定價交易", day + DAY, "簡特定", friend)
    block, confirmed = _block(firm, wife, day), dial.by_degree(False, (False, True))
    _paired(firm, block, "簡特定", friend, confirmed=confirmed)
    told = "內部人配偶申報盤後定價轉讓五百張，受理為鉅額配對"
    truth.planted(
        "insider-transfer-mismatch",
        "block_instead_of_fixed_price",
        told if confirmed else f"{told}，也未確認特定人",
        **order_key("sold_on", block, symbol=True),
    )


def _sold_too_soon(firm: Firm, truth: Truth, dial: Dial) -> None:
    supervisor, days = known(firm, SUPERVISOR), dial.whole(2, 1, 2)
    soon = trading_day(months_before(firm.as_of, 7))
    _filed(
        firm,
        supervisor.national_id,
        None,
        soon - days * DAY,
        "在市場轉讓",
        "盤中交易",
        soon + 28 * DAY,
        None,
        None,
        a_day=60_000,
    )
    early = special_order(firm, supervisor, soon, ISSUER, Decimal("9.80"), 60_000, buy=False)
    truth.planted(
        "insider-transfer-mismatch",
        "sold_too_soon",
        f"申報後第{in_words(days)}日即賣出，未滿三日",
        **order_key("sold_on", early, symbol=True),
    )


def _block(firm: Firm, client: Client, day: date) -> Order:
    """Five hundred units by telephone, as a paired block."""
    order = special_order(firm, client, day, ISSUER, Decimal("9.80"), 500_000, buy=False, hour=14)
    order.channel, order.caller = "語音", client.mobile
    order.address = order.device = order.signature = None
    order.trade_type, order.matching = "鉅額", "配對"
    return order


def _filed(  # noqa: PLR0913, PLR0917 - a filing is as many things
    firm: Firm, insider: str, holder: str | None, received: date, method: str, channel: str, ends: date,
    transferee: str | None, transferee_id: str | None, *, a_day: int | None = None,
) -> None:  # fmt: skip
    firm.special.filings.append(
        Filing(
            f"TR-{received.year - 1911}-{len(firm.special.filings) + 1:03}", ISSUER, insider, holder, method, channel, 500_000,
            a_day, received, received, ends, transferee, transferee_id,
        )
    )  # fmt: skip


def _paired(firm: Firm, order: Order, name: str, who: str, *, confirmed: bool) -> None:
    firm.special.pairings.append(
        Pairing(
            f"BP-{len(firm.special.pairings) + 1:03}", order.sent.date(), order.account, order.order_id, name, who,
            order.sent - timedelta(minutes=6) if confirmed else None, order.handler,
        )
    )  # fmt: skip


SCENARIOS: Final = (
    Scenario(
        "block_instead_of_fixed_price",
        "insider-transfer-mismatch",
        _unlike_filing,
        Text("也未確認特定人…只有交易方式不同", "the buyer not confirmed either … only the way of trading differs"),
    ),
    Scenario(
        "sold_too_soon",
        "insider-transfer-mismatch",
        _sold_too_soon,
        Text("申報後次日…第二日賣出", "sold one day … two days after the filing"),
    ),
)
