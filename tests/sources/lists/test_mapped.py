"""Logs of makers nobody here knows, by mappings of a few lines: pairs, lists of values, JSON; good, bad and impossible."""

import json
from pathlib import Path

import pytest

from chahe.sources.catalogue import readers
from chahe.sources.lists.mapping import BadMapping, settings_of
from chahe.workspace import BadWorkspace, open_workspace
from reading import Reading, read
from workspaces import CHAHE_TOML, Small

SOPHOS = {
    "table": "firewall_events",
    "columns": {
        "happened_at_us": "date time",
        "device": "device_name",
        "source_address": "src_ip",
        "source_port": "src_port",
        "destination_address": "dst_ip",
        "destination_port": "dst_port",
        "protocol": "protocol",
        "action": "log_subtype",
        "bytes_sent": "sent_bytes",
        "rule": "fw_rule_id",
    },
    "values": {"action": {"Allowed": "allow", "Denied": "deny"}},
    "only": {"log_component": ["Firewall Rule"]},
}
SOPHOS_LOG = (
    'device="SFW" date=2026-11-22 time=09:00:00 timezone="+08" device_name="XG-KHH" log_component="Firewall Rule" '
    'log_subtype="Allowed" fw_rule_id=5 src_ip=10.1.2.3 dst_ip=192.0.2.7 protocol="TCP" src_port=50100 dst_port=443 sent_bytes=920\n'
    'device="SFW" date=2026-11-22 time=09:00:01 device_name="XG-KHH" log_component="Heartbeat" log_subtype="Information"\n'
    'device="SFW" date=2026-11-22 time=09:00:02 device_name="XG-KHH" log_component="Firewall Rule" log_subtype="Drifted" src_ip=10.1.2.3\n'
)
SONICWALL = {
    "table": "firewall_events",
    "columns": {
        "happened_at_us": "time",
        "device": "sn",
        "source_address": "src",
        "source_port": "src",
        "destination_address": "dst",
        "destination_port": "dst",
        "protocol": "proto",
        "action": "fw_action",
        "event_code": "m",
    },
    "patterns": {
        "source_address": r"^([\da-fA-F.]+)",
        "source_port": r"^[^:]+:(\d+)",
        "destination_address": r"^([\da-fA-F.]+)",
        "destination_port": r"^[^:]+:(\d+)",
        "protocol": r"^([a-z]+)",
    },
    "values": {"action": {"forward": "allow", "drop": "deny", "na": ""}},
}
SONICWALL_LOG = (
    'id=firewall sn=18B169 time="2026-11-22 01:00:00 UTC" fw=203.0.113.1 pri=6 c=262144 m=98 msg="Connection Opened" '
    'src=10.1.2.3:50100:X0 dst=192.0.2.7:443:X1 proto=tcp/https fw_action="forward"\n'
)
ORDERS = {
    "table": "orders",
    "form": "values",
    "columns": {
        "logged_at_us": "時間",
        "order_id": "書號",
        "event": "類別",
        "account": "客戶",
        "symbol": "商品",
        "side": "買賣",
        "quantity": "股數",
        "price": "價",
    },
    "values": {"event": {"N": "new", "C": "cancel"}, "side": {"B": "buy", "S": "sell"}},
}
ORDERS_LOG = (
    "時間,書號,類別,客戶,商品,買賣,股數,價\n"
    '115/11/20 09:00:00.125,A0001,N,9801-7,2330,B,"1,000",1010.00\n'
    "2026-11-20 09:00:01,A0002,N,9801-7,2330,S,-,1010.00\n"
    "\n"
    "2026-11-20 09:00:02,,N,9801-7,2330,S,1000,1010.00\n"
    "時間,書號,類別,客戶,商品,買賣,股數,價\n"
    "2026-11-20 09:00:03,A0003,C,9801-7,2330,S,1e3,1010.00\n"
)


def mapped(data: str, raw: dict[str, object], **settings: str) -> Reading:
    return read(readers()["mapped"], data.encode(), **settings_of(raw), **settings)


def test_pairs_with_joined_times_words_and_chosen_lines() -> None:
    reading = mapped(SOPHOS_LOG, SOPHOS)

    [row] = reading.rows["firewall_events"]
    assert row == {
        "place": 1,
        "happened_at_us": 1_795_309_200_000_000,
        "device": "xg-khh",
        "source_address": "10.1.2.3",
        "source_port": 50100,
        "destination_address": "192.0.2.7",
        "destination_port": 443,
        "protocol": "tcp",
        "action": "allow",
        "bytes_sent": 920,
        "rule": "5",
    }
    assert [place for place, _ in reading.skips] == [2]
    [reject] = reading.rejects
    assert (reject.place, reject.column, reject.value) == (3, "action", "Drifted")
    assert "values" in reject.why.en


def test_patterns_take_values_apart() -> None:
    [row] = mapped(SONICWALL_LOG, SONICWALL).rows["firewall_events"]

    assert (row["source_address"], row["source_port"]) == ("10.1.2.3", 50100)
    assert (row["destination_address"], row["destination_port"]) == ("192.0.2.7", 443)
    assert (row["protocol"], row["action"], row["event_code"]) == ("tcp", "allow", "98")
    assert row["happened_at_us"] == 1_795_309_200_000_000


def test_lists_read_by_their_headings_as_registers_are() -> None:
    reading = mapped(ORDERS_LOG, ORDERS, session="oms", leg="customer")

    first, second = reading.rows["orders"]
    assert first["logged_at_us"] == 1_795_136_400_125_000
    assert (first["quantity"], str(first["price"]), first["side"], first["event"]) == (1000, "1010.0000", "buy", "new")
    assert (first["session"], first["leg"]) == ("oms", "customer")
    assert "quantity" not in second
    assert [place for place, _ in reading.skips] == [1, 4, 6]
    assert [(one.place, one.column, one.value) for one in reading.rejects] == [
        (5, "order_id", ""),
        (7, "quantity", "1e3"),
    ]


def test_lists_without_headings_by_position_and_separator() -> None:
    raw = {
        "table": "orders",
        "form": "values",
        "separator": "|",
        "columns": {"logged_at_us": [1, 2], "order_id": 3, "event": 4},
        "values": {"event": {"n": "new"}},
    }

    [row] = mapped("2026-11-20|09:00:00|A1|N\n", raw).rows["orders"]

    assert (row["order_id"], row["logged_at_us"]) == ("A1", 1_795_136_400_000_000)


def test_json_behind_a_syslog_header_with_the_headers_host() -> None:
    raw = {
        "table": "auth_events",
        "form": "json",
        "columns": {
            "happened_at_us": "ts",
            "host": "@host",
            "account": "user",
            "activity": "what",
            "outcome": "result",
        },
        "values": {"activity": {"login": "logon"}, "outcome": {"ok": "success", "no": "failure"}},
    }
    data = '<13>Nov 22 09:00:00 portal app: {"ts": 1795309200.5, "user": "Mei", "what": "login", "result": "ok"}\n{"ts": 1\n'

    reading = mapped(data, raw)

    [row] = reading.rows["auth_events"]
    assert row == {
        "place": 1,
        "happened_at_us": 1_795_309_200_500_000,
        "host": "portal",
        "account": "mei",
        "activity": "logon",
        "outcome": "success",
    }
    assert [one.place for one in reading.rejects] == [2]


def test_other_separators_and_the_headers_time() -> None:
    raw = {
        "table": "firewall_events",
        "separator": ";",
        "columns": {"happened_at_us": "@time", "device": "@host", "source_address": "src", "action": "act"},
    }

    [row] = mapped("Nov 22 09:00:00 fw9 x; src=10.1.2.3; act=deny; why=a b;\n", raw).rows["firewall_events"]

    assert (row["device"], row["source_address"], row["action"]) == ("fw9", "10.1.2.3", "deny")
    assert row["happened_at_us"] == 1_795_309_200_000_000


def test_a_line_with_none_of_the_fields_is_a_reject_and_so_is_a_broken_one() -> None:
    reading = mapped('hello=1\nsrc_ip="10.1.2.3\n\n', {**SOPHOS, "only": {}})

    assert [(one.place, one.why.en.split(",")[0]) for one in reading.rejects] == [
        (1, "none of the mapping's fields stands in this line; check form"),
        (2, "quotes or brackets do not pair; check whether the line was cut"),
    ]
    assert len(reading.skips) == 1


def test_a_slip_in_only_rejects_the_lines_instead_of_skipping_the_log() -> None:
    reading = mapped(SOPHOS_LOG, {**SOPHOS, "only": {"log_componet": ["Firewall Rule"]}})

    assert reading.rows["firewall_events"] == []
    assert reading.skips == []
    assert [one.place for one in reading.rejects] == [1, 2, 3]
    assert "`only`" in reading.rejects[0].why.en


def test_a_heading_that_is_not_there_rejects_the_list() -> None:
    columns = {**dict(ORDERS["columns"]), "client_address": "來源IP"}  # type: ignore[call-overload] # a table of texts

    reading = mapped(ORDERS_LOG, {**ORDERS, "columns": columns})

    assert reading.rows["orders"] == []
    assert {(one.column, one.value) for one in reading.rejects} == {("client_address", "來源IP")}


def test_other_lines_behind_a_syslog_header_are_rejects_wherever_they_stand() -> None:
    raw = {
        "table": "firewall_events",
        "columns": {"happened_at_us": "@time", "device": "@host", "source_address": "src"},
    }
    noise = "Nov 22 09:00:00 fw9 cron: nothing of the kind\n"

    assert len(mapped(noise, raw).rejects) == 1
    assert len(mapped(noise + "Nov 22 09:00:00 fw9 x src=10.1.2.3\n", raw).rejects) == 1


def test_a_statement_without_a_mapped_heading_is_rejected_row_by_row() -> None:
    settings = settings_of({**STATEMENT, "columns": {**dict(STATEMENT["columns"]), "memo": "附言欄"}})  # type: ignore[call-overload] # as above

    reading = read(readers()["register_csv"], BANK.encode(), **settings, account="0012345", bank="822")

    assert "transfers" not in reading.rows
    assert any("memo" in one.why.en for one in reading.rejects)


@pytest.mark.parametrize(
    ("more", "place"),
    [
        ({"table": "nothing"}, "table"),
        ({"form": "xml"}, "form"),
        ({"separator": "::"}, "separator"),
        ({"separator": ""}, "separator"),
        ({"columns": {}}, "columns"),
        ({"columns": {"sourc_address": "src"}}, "columns.sourc_address"),
        ({"columns": {"device": True}}, "columns.device"),
        ({"columns": {"device": 1}}, "columns.device"),
        ({"columns": {"device": "@time"}}, "columns.device"),
        ({"columns": {"happened_at_us": "@time date"}}, "columns.happened_at_us"),
        ({"values": {"action": {"x": "permit"}}}, "values.action"),
        ({"values": {"act": {"x": "allow"}}}, "values.act"),
        ({"values": []}, "values"),
        ({"only": {"type": 3}}, "only.type"),
        ({"patterns": {"device": "("}}, "patterns.device"),
        ({"patterns": {"device": "x"}}, "patterns.device"),
        ({"colums": {}}, "colums"),
    ],
)
def test_a_mapping_that_cannot_be_is_refused_with_its_place(more: dict[str, object], place: str) -> None:
    with pytest.raises(BadMapping) as refused:
        settings_of({**SOPHOS, **more})

    assert refused.value.place == place
    assert refused.value.wanted.zh != refused.value.wanted.en


def toml(raw: dict[str, object]) -> str:
    def written(value: object) -> str:
        if isinstance(value, dict):
            return (
                "{ "
                + ", ".join(f"{json.dumps(key, ensure_ascii=False)} = {written(one)}" for key, one in value.items())
                + " }"
            )
        return json.dumps(value, ensure_ascii=False)

    return "\n".join(f"{key} = {written(value)}" for key, value in raw.items())


def test_lines_that_lack_all_fields_which_are_joined_keep_their_place() -> None:
    declared = {"table": "auth_events", "form": "json"}
    columns = {"happened_at_us": "day clock", "host": "host", "account": "domain user", "activity": "what"}
    line = '{"day": "2026-11-22", "clock": "09:00:00", "host": "portal", "what": "logon"%s}\n'
    reading = read(
        readers()["mapped"],
        b"".join((line % more).encode() for more in ("", ', "user": "mei"', "", ', "domain": "hq", "user": "an"')),
        **settings_of({**declared, "columns": columns}),
    )
    found = {row["place"]: row.get("account") for row in reading.rows["auth_events"]}
    assert found == {1: None, 2: "mei", 3: None, 4: "hq an"}


def test_a_workspace_reads_an_unknown_makers_log_from_its_few_lines(tmp_path: Path) -> None:
    source = f'\n[[source]]\nname = "sophos"\npaths = ["sophos.log"]\n[source.map]\n{toml(SOPHOS)}\n'
    (tmp_path / "chahe.toml").write_text(CHAHE_TOML + source, "utf-8")
    (tmp_path / "sophos.log").write_text(SOPHOS_LOG, "utf-8")
    small = Small(tmp_path)

    small.ingest()
    [load] = small.store.loads()

    assert (load.reader, load.rows, load.skips, load.rejects) == ("mapped", {"firewall_events": 1}, 1, 1)
    assert small.ingest().loaded == []


def test_a_changed_mapping_reads_the_log_anew(tmp_path: Path) -> None:
    test_a_workspace_reads_an_unknown_makers_log_from_its_few_lines(tmp_path)
    path = tmp_path / "chahe.toml"
    path.write_text(path.read_text("utf-8").replace('"Denied" = "deny"', '"Drifted" = "deny"'), "utf-8")

    [load] = Small(tmp_path).ingest().loaded

    assert (load.rows, load.rejects) == ({"firewall_events": 2}, 0)


def test_a_wrong_mapping_is_a_fault_of_chahe_toml(tmp_path: Path) -> None:
    (tmp_path / "chahe.toml").write_text(
        '[[source]]\nname = "x"\npaths = ["x"]\n[source.map]\ntable = "orders"\ncolumns = { sid = "side" }\n', "utf-8"
    )

    with pytest.raises(BadWorkspace, match=r"map\.columns\.sid"):
        open_workspace(tmp_path)


BANK = '查詢結果\n交易日,摘要說明,提出,存進,對方\n115/11/20,轉帳,"50,000",,808-0012\n115/11/21,薪資,,60000,-\n合計,,50000,60000,\n'
STATEMENT = {
    "table": "transfers",
    "columns": {
        "booked_on": "交易日",
        "summary": "摘要說明",
        "paid_out": "提出",
        "paid_in": "存進",
        "counterparty_account": "對方",
    },
    "patterns": {"counterparty_account": r"-(\d+)"},
}


def test_a_banks_statement_is_a_list_with_headings_of_its_own() -> None:
    settings = settings_of(STATEMENT)

    reading = read(readers()["register_csv"], BANK.encode(), **settings, account="0012345", bank="822")

    first, second = reading.rows["transfers"]
    assert (str(first["paid_out"]), first["counterparty_account"], first["account"]) == (
        "50000.0000",
        "0012",
        "0012345",
    )
    assert str(second["paid_in"]) == "60000.0000"
    assert (len(reading.rejects), len(reading.skips)) == (0, 3)
