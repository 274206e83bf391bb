"""What is proposed for logs nobody knows: it is valid TOML, it reads the file, and it hides nothing it leaves aside."""

import tomllib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chahe.sources.catalogue import readers
from chahe.sources.lists.guess import NoGuess, guess
from chahe.sources.lists.guess_toml import as_toml
from chahe.sources.lists.mapping import settings_of
from chahe.sources.model import Head
from reading import Reading, read

SOPHOS = (
    'device="SFW" date=2026-11-22 time=09:00:00 device_name="XG-KHH" log_subtype="Allowed" fw_rule_id=5 src_ip=10.1.2.3 '
    'dst_ip=192.0.2.7 protocol="TCP" src_port=50100 dst_port=443 sent_bytes=920 recv_bytes=4100\n'
    'device="SFW" date=2026-11-22 time=09:00:01 device_name="XG-KHH" log_subtype="Denied" fw_rule_id=9 src_ip=10.1.2.4 '
    'dst_ip=192.0.2.7 protocol="TCP" src_port=50101 dst_port=22 sent_bytes=0 recv_bytes=0\n'
)
SONICWALL = (
    'id=firewall sn=18B169 time="2026-11-22 01:00:00 UTC" fw=203.0.113.1 pri=6 m=98 msg="Opened" src=10.1.2.3:50100:X0 '
    'dst=192.0.2.7:443:X1 proto=tcp/https fw_action="forward"\n'
)
STORMSHIELD = (
    'id=firewall time="2026-11-22 09:00:00" fw="SN-1" startime="2026-11-22 08:59:59" ruleid=10 srcif="in" ipproto=tcp src=10.1.2.3 '
    "srcport=50100 dst=192.0.2.7 dstport=443 action=pass sent=920 rcvd=4100\n"
)
ORDERS = "時間,書號,類別,客戶,商品,買賣,股數,價\n115/11/20 09:00:00,A1,新單,9801-7,2330,B,1000,1010\n115/11/20 09:00:01,A2,刪單,9801-7,2330,S,1000,1010\n"
PORTAL = '{"timestamp": 1795309200, "hostname": "portal", "username": "mei", "event": "login", "result": "ok", "ip": "192.0.2.9"}\n'


def proposed(text: str) -> tuple[str, Reading]:
    written = as_toml(guess(Head("x.log", text.encode(), whole=True)), "new", "logs/x.log")
    [source] = tomllib.loads(written)["source"]
    return written, read(readers()["mapped"], text.encode(), **settings_of(source["map"]))


@pytest.mark.parametrize(
    ("text", "table", "told"),
    [
        (
            SOPHOS,
            "firewall_events",
            {
                "device": "xg-khh",
                "source_address": "10.1.2.3",
                "destination_port": 443,
                "action": "allow",
                "bytes_sent": 920,
            },
        ),
        (
            SONICWALL,
            "firewall_events",
            {"source_address": "10.1.2.3", "source_port": 50100, "destination_port": 443, "action": "allow"},
        ),
        (
            STORMSHIELD,
            "firewall_events",
            {
                "device": "sn-1",
                "source_address": "10.1.2.3",
                "source_port": 50100,
                "action": "allow",
                "bytes_received": 4100,
            },
        ),
        (ORDERS, "orders", {"order_id": "A1", "event": "new", "side": "buy", "symbol": "2330", "quantity": 1000}),
        (
            PORTAL,
            "auth_events",
            {
                "host": "portal",
                "account": "mei",
                "activity": "logon",
                "outcome": "success",
                "source_address": "192.0.2.9",
            },
        ),
    ],
)
def test_an_unknown_log_is_read_by_what_is_proposed(text: str, table: str, told: dict[str, object]) -> None:
    written, reading = proposed(text)

    first = reading.rows[table][0]
    assert {name: first.get(name) for name in told} == told, written
    assert not reading.rejects, written
    moment = first.get("happened_at_us") or first.get("logged_at_us")
    assert moment in (1_795_309_200_000_000, 1_795_136_400_000_000)


def test_what_is_left_aside_is_said() -> None:
    written, _ = proposed(STORMSHIELD)

    assert 'srcif="in"' in written
    assert len([line for line in written.splitlines() if not line.startswith("#")]) <= 8


def test_a_field_that_looks_like_a_secret_is_named_without_its_value() -> None:
    written, _ = proposed(STORMSHIELD.replace("srcif=", "pwd=hunter2 srcif="))

    assert "pwd" in written
    assert "hunter2" not in written


def test_a_heading_of_two_words_is_one_field() -> None:
    written, reading = proposed("Order ID,Trade Time,event,Account\nA1,2026-11-20 09:00:00,new,9801\n")

    assert '["Order ID"]' in written
    assert reading.rows["orders"][0]["order_id"] == "A1"


def test_a_word_nobody_knows_is_left_for_a_person() -> None:
    written, reading = proposed(STORMSHIELD + STORMSHIELD.replace("action=pass", "action=quarantaine"))

    assert 'action "quarantaine"' in written
    assert "action" not in reading.rows["firewall_events"][1]


@pytest.mark.parametrize("text", ["Dear colleague\nGood morning\n", "a,b,c\n1,2,3\n", "", "{}\n"])
def test_what_is_no_log_gets_no_proposal(text: str) -> None:
    with pytest.raises(NoGuess) as refused:
        guess(Head("x.txt", text.encode(), whole=True))

    assert refused.value.why.zh != refused.value.why.en


@settings(max_examples=60, deadline=None)
@given(
    st.one_of(
        st.text(max_size=200),
        st.lists(st.sampled_from(SOPHOS.split() + ORDERS.split(",") + ["\n", "=", '"'])).map(" ".join),
    )
)
def test_whatever_is_proposed_is_toml_that_can_be_read(text: str) -> None:
    try:
        written = as_toml(guess(Head("x", text.encode("utf-8", "replace"), whole=True)), "n", "p")
    except NoGuess:
        return
    [source] = tomllib.loads(written)["source"]
    if source["map"]["columns"]:
        assert settings_of(source["map"])["table"] == source["map"]["table"]
