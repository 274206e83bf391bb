"""What staff said, by message: in the order of the conversation, with what stands around it, and nothing of customers."""

from collections.abc import Iterator, Mapping
from datetime import date

import pytest
from message_world import messages_of

from chahe.derivations.message_phrases import derivation
from chahe.engine.binding import Span
from chahe.engine.deriving import condense
from chahe.engine.embedded import Embedded
from chahe.rules.periods import day_start_us

DAY = date(2026, 5, 4)
NOON = day_start_us(DAY) + 43_200_000_000


@pytest.fixture(scope="module")
def engine() -> Iterator[Embedded]:
    with Embedded() as embedded:
        yield embedded


def said(engine: Embedded, *rows: Mapping[str, object]) -> list[dict[str, object]]:
    whole = [
        {
            "row_id": f"f#{nth}",
            "observed_at_us": 0,
            "said_at_us": NOON,
            "conversation": "王大明",
            "happened_on": DAY,
            **row,
        }
        for nth, row in enumerate(rows, 8)
    ]
    engine.arrow("messages", messages_of(whole))
    condense(engine, derivation, Span(DAY, DAY, DAY))
    return engine.rows("SELECT * FROM message_phrases ORDER BY message_row, phrase").to_pylist()


def by(role: str | None, text: str, **more: object) -> Mapping[str, object]:
    return {
        "sender": "林小華" if role == "staff" else "王大明",
        "sender_role": role,
        "kind": "text",
        "text": text,
        **more,
    }


def test_a_sentence_is_quoted_with_two_messages_before_and_behind_it(engine: Embedded) -> None:
    [one] = said(
        engine,
        by("customer", "太早了"),
        by("customer", "會賠嗎"),
        by("staff", "不\n一定"),
        by("staff", "早安。姐，賠了算我的！好嗎"),
        by(None, "真" * 121),
        {"sender": None, "kind": "unsent", "text": "林小華已收回訊息"},
        by("customer", "太晚了"),
    )

    assert one["quote"] == "姐，賠了算我的！"
    assert (one["phrase"], one["stance"], one["number"]) == ("loss_sharing", "promised", 2)
    assert one["context"] == (
        f"客戶：會賠嗎／員工：不 一定／【員工：早安。姐，賠了算我的！好嗎】／王大明：{'真' * 120}…／系統：林小華已收回訊息"
    )
    assert (one["message_row"], one["earlier_row"], one["later_row"], one["taken_back"]) == (
        "f#11",
        "f#10",
        "f#12",
        True,
    )


def test_customers_and_others_are_context_alone(engine: Embedded) -> None:
    assert (
        said(engine, by("customer", "保證獲利"), by("other", "保證獲利"), by("staff", "保證獲利", kind="sticker")) == []
    )
    assert [one["message_row"] for one in said(engine, by("staff", "保證獲利"), by(None, "保證獲利"))] == ["f#8", "f#9"]


def test_each_kind_has_its_first_plain_sentence(engine: Embedded) -> None:
    found = said(engine, by("staff", "穩的。保證獲利。包你賺。存摺放我這裡。"))

    assert [(one["phrase"], one["stance"], one["quote"]) for one in found] == [
        ("custody", "promised", "存摺放我這裡。"),
        ("profit_guarantee", "promised", "保證獲利。"),
    ]


def test_conversations_are_kept_apart_and_only_the_period_is_read(engine: Embedded) -> None:
    found = said(
        engine,
        by("staff", "保證獲利", conversation="甲", said_at_us=NOON + 1),
        by("staff", "保證獲利", conversation="乙", said_at_us=None),
        by("staff", "保證獲利", conversation="乙", said_at_us=day_start_us(DAY) - 1),
        by("staff", "早", conversation="甲", said_at_us=NOON),
    )

    assert [(one["message_row"], one["earlier_row"], one["number"]) for one in found] == [
        ("f#8", "f#11", 1),
        ("f#9", None, 1),
    ]


def test_the_order_of_the_file_holds_within_a_minute(engine: Embedded) -> None:
    rows = [by("staff", text) for text in ("一", "二", "保證獲利", "四")]

    forwards = said(engine, *rows)

    assert [(one["message_row"], one["earlier_row"], one["later_row"], one["number"]) for one in forwards] == [
        ("f#10", "f#9", "f#11", 3)
    ]
