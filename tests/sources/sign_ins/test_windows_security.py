"""What Windows events mean: each kind of event as a row, by field."""

import pytest

from chahe.sources.sign_ins.windows_event_xml import reader as xml_reader
from chahe.sources.sign_ins.windows_evtx import reader as evtx_reader
from evtx_file import Element, as_xml, event, evtx
from reading import read

EVENT_LOG = "Microsoft-Windows-Eventlog"
FRAME = {"service": "windows", "happened_at_us": 1_772_413_323_123_456, "host": "dc01.broker.example"}


def row_of(one: Element) -> dict[str, object]:
    """The event's row without its place; the same from EVTX and from XML."""
    binary = read(evtx_reader, evtx([one]))
    written = read(xml_reader, as_xml(one).encode())
    assert binary == written
    (row,) = binary.rows["auth_events"]
    assert row.pop("place") == 1
    return row


def test_a_logon_over_the_network_names_account_computer_and_address():
    row = row_of(
        event(
            4624,
            {
                "SubjectUserName": "-",
                "TargetUserName": "wang.mei",
                "TargetDomainName": "BROKER",
                "TargetLogonId": "0x3e91f2",
                "LogonType": "3",
                "WorkstationName": "PC-17",
                "IpAddress": "::ffff:192.0.2.17",
                "IpPort": "50122",
            },
        )
    )
    assert row == FRAME | {
        "activity": "logon",
        "outcome": "success",
        "account": "wang.mei",
        "account_domain": "BROKER",
        "source_host": "PC-17",
        "source_address": "::ffff:192.0.2.17",
        "source_port": 50122,
        "session_id": "0x3e91f2",
        "local_console": False,
        "method": "network",
        "event_code": "4624",
    }


def test_a_failed_logon_is_a_failure_even_without_an_account():
    row = row_of(event(4625, {"TargetUserName": "-", "LogonType": "10", "IpAddress": "203.0.113.5", "IpPort": "0"}))
    assert row == FRAME | {
        "activity": "logon",
        "outcome": "failure",
        "source_address": "203.0.113.5",
        "local_console": False,
        "method": "remote_interactive",
        "event_code": "4625",
    }


@pytest.mark.parametrize(
    ("logon_type", "address", "method", "local_console"),
    [
        ("0", "-", "system", None),
        ("2", "127.0.0.1", "interactive", True),
        ("2", "::1", "interactive", True),
        ("2", "::ffff:127.0.0.1", "interactive", True),
        ("4", "-", "batch", None),
        ("5", "-", "service", None),
        ("7", "-", "unlock", True),
        ("7", "192.0.2.40", "unlock", False),
        ("8", "192.0.2.40", "network_cleartext", False),
        ("9", "::1", "new_credentials", None),
        ("11", "-", "cached_interactive", True),
        ("12", "192.0.2.40", "cached_remote_interactive", False),
        ("99", "-", "logon_type_99", None),
    ],
)
def test_the_logon_type_says_how_and_whether_at_the_console(logon_type, address, method, local_console):
    row = row_of(event(4624, {"TargetUserName": "a", "LogonType": logon_type, "IpAddress": address}))
    assert (row["method"], row.get("local_console")) == (method, local_console)


@pytest.mark.parametrize("account", ["TRADE01$", "SYSTEM", "ANONYMOUS LOGON"])
def test_machines_and_system_accounts_are_rows_like_any_other(account):
    assert row_of(event(4624, {"TargetUserName": account, "LogonType": "3"}))["account"] == account


def test_explicit_credentials_name_who_used_whose():
    row = row_of(
        event(4648, {"SubjectUserName": "lee", "TargetUserName": "Administrator", "IpAddress": "-", "IpPort": "-"})
    )
    assert row == FRAME | {
        "activity": "logon",
        "account": "lee",
        "target_account": "Administrator",
        "event_code": "4648",
    }


@pytest.mark.parametrize("code", [4634, 4647])
def test_a_logoff_ends_the_session_its_logon_began(code):
    row = row_of(event(code, {"TargetUserName": "lee", "TargetLogonId": "0x77", "LogonType": "2"}))
    assert (row["activity"], row["account"], row["session_id"]) == ("logoff", "lee", "0x77")


@pytest.mark.parametrize(
    ("code", "data", "expected"),
    [
        (4768, {"Status": "0x0", "PreAuthType": "15"}, ("logon", "success", "certificate")),
        (4768, {"Status": "0x0", "PreAuthType": "2"}, ("logon", "success", "password")),
        (4768, {"Status": "0x6", "PreAuthType": "-"}, ("logon", "failure", None)),
        (4771, {"Status": "0x18", "PreAuthType": "2"}, ("logon", "failure", "password")),
        (4769, {"Status": "0x0"}, ("other", "success", None)),
        (4776, {"Status": "0xc000006a"}, ("logon", "failure", "ntlm")),
    ],
)
def test_tickets_and_ntlm_tell_their_outcome_by_status(code, data, expected):
    row = row_of(event(code, {"TargetUserName": "lee", **data}))
    assert (row["activity"], row["outcome"], row.get("method")) == expected


def test_a_service_ticket_names_the_account_as_other_events_do():
    row = row_of(event(4769, {"TargetUserName": "lee@BROKER.EXAMPLE", "TargetDomainName": "BROKER.EXAMPLE"}))
    assert (row["account"], row["account_domain"]) == ("lee", "BROKER.EXAMPLE")


def test_a_failed_preauthentication_takes_its_domain_from_the_service():
    row = row_of(event(4771, {"TargetUserName": "lee", "ServiceName": "krbtgt/BROKER.EXAMPLE", "Status": "0x18"}))
    assert row["account_domain"] == "BROKER.EXAMPLE"


def test_ntlm_names_the_workstation_without_its_slashes():
    row = row_of(event(4776, {"TargetUserName": "lee", "Workstation": "\\\\PC-17", "Status": "0x0"}))
    assert row["source_host"] == "PC-17"


@pytest.mark.parametrize("code", [4672, 4673, 4674])
def test_privileges_are_used_by_the_subject(code):
    row = row_of(event(code, {"SubjectUserName": "root.admin", "SubjectLogonId": "0x9"}))
    assert (row["activity"], row["outcome"], row["account"]) == ("privilege_use", "success", "root.admin")


def test_a_refused_privilege_is_a_failure_by_its_keywords():
    row = row_of(event(4673, {"SubjectUserName": "lee"}, keywords="0x8010000000000000"))
    assert row["outcome"] == "failure"


@pytest.mark.parametrize("code", [4720, 4722, 4723, 4724, 4725, 4726, 4738, 4741, 4742, 4743, 4767])
def test_a_change_names_the_account_changed(code):
    row = row_of(event(code, {"TargetUserName": "new.hire", "SubjectUserName": "lee", "SubjectDomainName": "BROKER"}))
    assert row == FRAME | {
        "activity": "account_change",
        "outcome": "success",
        "account": "lee",
        "account_domain": "BROKER",
        "target_account": "new.hire",
        "event_code": str(code),
    }


@pytest.mark.parametrize("code", [4728, 4729, 4732, 4733, 4756, 4757])
@pytest.mark.parametrize(
    ("member", "expected"),
    [
        ("CN=Wang Mei,OU=Trading,DC=broker,DC=example", "Wang Mei"),
        ("CN=Wang\\, Mei,OU=Trading,DC=broker,DC=example", "Wang, Mei"),
        ("-", "S-1-5-21-1-2-3-1001"),
    ],
)
def test_a_membership_names_the_member_or_else_its_identifier(code, member, expected):
    data = {"MemberName": member, "MemberSid": "S-1-5-21-1-2-3-1001", "TargetUserName": "Domain Admins"}
    assert row_of(event(code, {"SubjectUserName": "lee", **data}))["target_account"] == expected


def test_a_lockout_names_the_computer_that_caused_it():
    row = row_of(event(4740, {"TargetUserName": "lee", "TargetDomainName": "PC-17", "SubjectUserName": "DC01$"}))
    assert (row["account"], row["target_account"], row["source_host"]) == ("DC01$", "lee", "PC-17")


def test_a_renaming_names_the_account_by_its_old_name():
    row = row_of(event(4781, {"OldTargetUserName": "lee", "NewTargetUserName": "root", "SubjectUserName": "kuo"}))
    assert (row["account"], row["target_account"]) == ("kuo", "lee")


def test_setting_the_restore_mode_password_is_a_change():
    row = row_of(event(4794, {"SubjectUserName": "kuo", "Workstation": "DC01", "Status": "0x0"}))
    assert (row["activity"], row["outcome"], row["source_host"]) == ("account_change", "success", "DC01")


@pytest.mark.parametrize("code", [1102, 104])
def test_a_cleared_log_names_who_cleared_it(code):
    row = row_of(
        event(code, {"SubjectUserName": "kuo", "SubjectDomainName": "BROKER"}, provider=EVENT_LOG, user_data="Cleared")
    )
    assert row == FRAME | {
        "activity": "log_cleared",
        "outcome": "success",
        "account": "kuo",
        "account_domain": "BROKER",
        "event_code": str(code),
    }


def test_a_number_of_another_provider_is_another_event():
    reading = read(evtx_reader, evtx([event(1102, provider="Some-Product"), event(4624, provider="Sysmon")]))
    assert [why.en[:29] for _, why in reading.skips] == [
        "event 1102 (Some-Product) is ",
        "event 4624 (Sysmon) is no sig",
    ]


@pytest.mark.parametrize(
    ("code", "address", "activity", "local_console"),
    [(4778, "192.0.2.8", "logon", False), (4779, "LOCAL", "logoff", True)],
)
def test_a_session_taken_up_again_or_left_is_a_logon_or_logoff(code, address, activity, local_console):
    data = {"AccountName": "lee", "AccountDomain": "BROKER", "ClientName": "PC-17", "ClientAddress": address}
    row = row_of(event(code, data))
    assert (row["activity"], row["account"], row["local_console"]) == (activity, "lee", local_console)
    assert row.get("source_address") == (None if address == "LOCAL" else address)


def test_the_network_policy_server_tells_addresses_from_hardware():
    tunnel = row_of(event(6272, {"SubjectUserName": "lee", "CallingStationID": "203.0.113.9", "EAPType": "-"}))
    wireless = row_of(event(6273, {"SubjectUserName": "lee", "CallingStationID": "AA-BB-CC-00-11-22"}))
    assert (tunnel["service"], tunnel["outcome"], tunnel["source_address"]) == ("nps", "success", "203.0.113.9")
    assert (wireless["outcome"], wireless["source_host"]) == ("failure", "AA-BB-CC-00-11-22")
    assert "source_host" not in tunnel


@pytest.mark.parametrize(
    ("client", "address", "local_console"), [("192.0.2.9", "192.0.2.9", None), ("<local machine>", None, True)]
)
def test_sql_server_names_login_and_client(client, address, local_console):
    row = row_of(event(18456, ["sa", " Reason: Password did not match.", f" [CLIENT: {client}]"], provider="MSSQL$OMS"))
    assert (row["service"], row["account"], row["outcome"]) == ("mssql", "sa", "failure")
    assert (row.get("source_address"), row.get("local_console")) == (address, local_console)


def test_sql_server_sign_ins_through_windows_carry_the_domain():
    row = row_of(event(18453, ["BROKER\\lee", " [CLIENT: 192.0.2.9]"], provider="MSSQLSERVER"))
    assert (row["account"], row["account_domain"], row["method"]) == ("lee", "BROKER", "windows")


@pytest.mark.parametrize(
    ("one", "column", "value"),
    [
        (event(4624, {"IpAddress": "192.0.2.1", "IpPort": "70000"}), "source_port", "70000"),
        (event(4624, {"IpAddress": "192.0.2.1", "IpPort": "tcp"}), "source_port", "tcp"),
        (event(4624, {}, moment="2026-02-30T00:00:00Z"), "happened_at_us", "2026-02-30T00:00:00Z"),
        (event(4624, {}, moment="02/03/2026 09:02:03"), "happened_at_us", "02/03/2026 09:02:03"),
    ],
)
def test_a_value_that_cannot_be_rejects_the_event(one, column, value):
    (reject,) = read(evtx_reader, evtx([one])).rejects
    assert (reject.column, reject.value) == (column, value)
    assert reject == read(xml_reader, as_xml(one).encode()).rejects[0]


def test_an_event_without_a_number_is_rejected():
    (reject,) = read(xml_reader, b"<Event><System/></Event>").rejects
    assert reject.why.en.startswith("the event has no number (System/EventID)")
