"""slapd's log: results joined to who asked and from where."""

from io import BytesIO

import pytest

from chahe.sources.model import Head
from chahe.sources.sign_ins.openldap import reader
from reading import Reading, read, shared_data

STAMP = "2026-11-20T09:00:00+08:00 ldap1 slapd[811]: "
AT = 1_795_136_400_000_000
ACCEPT = "conn=7 fd=14 ACCEPT from IP=192.0.2.7:50122 (IP=0.0.0.0:389)"
MEI = "uid=mei,ou=People,dc=corp,dc=example"


def reading(*messages: str, stamp: str = STAMP) -> Reading:
    return read(reader, "".join(f"{stamp}{message}\n" for message in messages).encode())


def rows(*messages: str) -> list[dict[str, object]]:
    return reading(*messages).rows.get("auth_events", [])


def test_a_sign_in_is_its_result_joined_to_the_bind_and_the_connection() -> None:
    found = rows(ACCEPT, f'conn=7 op=0 BIND dn="{MEI}" method=128', f'conn=7 op=0 BIND dn="{MEI}" mech=SIMPLE ssf=0', "conn=7 op=0 RESULT tag=97 err=0 text=", "conn=7 op=1 UNBIND", "conn=7 fd=14 closed")  # fmt: skip
    shared = {
        "happened_at_us": AT, "host": "ldap1", "account": "mei", "account_domain": "corp.example",
        "source_address": "192.0.2.7", "source_port": 50122, "service": "slapd", "session_id": "7",
    }  # fmt: skip

    assert found == [
        {
            "place": 4,
            "activity": "logon",
            "outcome": "success",
            "method": "password",
            "event_code": "BIND err=0",
            **shared,
        },
        {"place": 6, "activity": "logoff", "event_code": "closed", **shared},
    ]


def test_a_refused_bind_signs_nobody_in_and_off() -> None:
    found = rows(
        ACCEPT,
        f'conn=7 op=0 BIND dn="{MEI}" method=128',
        "conn=7 op=0 RESULT tag=97 err=49 text=",
        "conn=7 fd=14 closed",
    )

    assert [(row["activity"], row["outcome"], row["event_code"]) for row in found] == [
        ("logon", "failure", "BIND err=49")
    ]


def test_an_anonymous_bind_is_no_sign_in() -> None:
    for bind in ('conn=7 op=0 BIND dn="" method=128', "conn=7 op=0 BIND anonymous mech=implicit ssf=0"):
        (found,) = rows(ACCEPT, bind, "conn=7 op=0 RESULT tag=97 err=0 text=")
        assert (found["activity"], "account" in found) == ("other", False)


def test_a_bind_by_sasl_counts_when_it_is_over() -> None:
    found = rows(
        ACCEPT,
        'conn=7 op=0 BIND dn="" method=163', "conn=7 op=0 RESULT tag=97 err=14 text=SASL(0): successful result",
        'conn=7 op=1 BIND dn="" method=163', 'conn=7 op=1 BIND authcid="mei@CORP" authzid="mei@CORP"',
        f'conn=7 op=1 BIND dn="{MEI}" mech=GSSAPI sasl_ssf=256 ssf=256', "conn=7 op=1 RESULT tag=97 err=0 text=",
    )  # fmt: skip

    assert [(row["place"], row["account"], row["method"]) for row in found] == [(7, "mei", "gssapi")]


@pytest.mark.parametrize(
    ("change", "tag", "activity"),
    [
        ('MOD dn="uid=lin,ou=People,dc=corp,dc=example"', 103, "account_change"),
        ('ADD dn="cn=lin,ou=People,dc=corp,dc=example"', 105, "account_change"),
        ('DEL dn="uid=lin,ou=People,dc=corp,dc=example"', 107, "account_change"),
        ('MODRDN dn="uid=lin,ou=People,dc=corp,dc=example"', 109, "account_change"),
        ('PASSMOD id="uid=lin,ou=People,dc=corp,dc=example" new', 120, "account_change"),
        ('ADD dn="ou=lin,dc=corp,dc=example"', 105, "other"),
    ],
)
def test_a_change_is_by_whom_the_connection_was_bound(change: str, tag: int, activity: str) -> None:
    found = rows(f'conn=7 op=0 BIND dn="{MEI}" mech=SIMPLE ssf=0', "conn=7 op=0 RESULT tag=97 err=0 text=", f"conn=7 op=1 {change}", "conn=7 op=1 MOD attr=userPassword", f"conn=7 op=1 RESULT tag={tag} err=50 text=")  # fmt: skip

    assert found[1]["account"] == "mei"
    assert (found[1]["activity"], found[1]["target_account"], found[1]["outcome"]) == (activity, "lin", "failure")


def test_connections_of_one_number_are_told_apart_by_their_begin_and_their_host() -> None:
    other = STAMP.replace("ldap1", "ldap2")
    text = [
        f'{STAMP}conn=7 op=0 BIND dn="{MEI}" mech=SIMPLE', f'{other}conn=7 op=0 BIND dn="uid=lin,dc=x" mech=SIMPLE',
        f"{STAMP}conn=7 op=0 RESULT tag=97 err=0 text=", f"{other}conn=7 op=0 RESULT tag=97 err=0 text=",
        f"{STAMP}{ACCEPT}", f"{STAMP}conn=7 op=0 RESULT tag=97 err=0 text=",
    ]  # fmt: skip
    found = read(reader, "\n".join(text).encode()).rows["auth_events"]

    assert [(row["host"], row.get("account")) for row in found] == [("ldap1", "mei"), ("ldap2", "lin"), ("ldap1", None)]


def test_slapds_own_header_and_none_are_read() -> None:
    own = reading(
        f'conn=7 op=0 BIND dn="{MEI}" mech=SIMPLE',
        "conn=7 op=0 RESULT tag=97 err=0",
        stamp="69a5eb42.0c5b3e1f 0x7f21b4dff640 ",
    )
    bare = reading(f'conn=7 op=0 BIND dn="{MEI}" mech=SIMPLE', "conn=7 op=0 RESULT tag=97 err=0", stamp="")

    assert own.rows["auth_events"][0]["happened_at_us"] == 0x69A5EB42 * 1_000_000 + 0x0C5B3E1F // 1000
    assert "happened_at_us" not in bare.rows["auth_events"][0]


def test_lines_of_something_else_are_rejected_or_skipped() -> None:
    found = read(reader, f"{STAMP}daemon: shutdown\n\nhello\n".encode() + STAMP.replace("T09", "T29").encode() + b"conn=1 op=0 RESULT tag=97 err=0\n")  # fmt: skip

    assert [place for place, _ in found.skips] == [1, 2]
    assert [(reject.place, reject.column) for reject in found.rejects] == [(3, None), (4, "happened_at_us")]


def test_what_was_joined_is_shown_with_the_result() -> None:
    lines = [ACCEPT, f'conn=7 op=0 BIND dn="{MEI}" method=128', "conn=7 op=0 RESULT tag=97 err=0 text="]
    data = "".join(f"{STAMP}{line}\n" for line in lines).encode()
    assert reader.excerpt is not None

    assert reader.excerpt(BytesIO(data), 3, None) == "\n".join(f"{STAMP}{line}" for line in lines)


def test_only_its_own_log_is_recognised() -> None:
    def sure(text: str) -> bool:
        return reader.recognise(Head("x", text.encode(), whole=True)) is not None

    assert sure(f"{STAMP}{ACCEPT}\n")
    assert not sure('{"message": "conn=11 op=1 BIND dn=x"}\n')
    assert not sure("Mar  3 04:05:06 a sshd[1]: hello\n")


def test_the_samples_are_read() -> None:
    found = read(reader, shared_data("auth_directory", "sekoia", "openldap.lines.log").read_bytes(), system="ldap1")

    # The truth names user1 on the bind of line 1; here its result, line 5, and the connection's end, line 7, carry it.
    assert [(row["place"], row["activity"], row["account"]) for row in found.rows["auth_events"]] == [
        (5, "logon", "user1"),
        (7, "logoff", "user1"),
    ]
    assert (found.units, len(found.skips), found.rejects) == (12, 10, [])
