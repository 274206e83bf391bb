"""Active Directory's LDIF as evidence: accounts, rights and password policies."""

from base64 import b64encode
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chahe.sources.accounts.ad_ldif import reader
from chahe.sources.model import Context, Head
from reading import NOON_2026_11_22, read, shared_data

NEVER = str((1 << 63) - 1)


def filetime(year: int, month: int, day: int, hour: int = 0) -> str:
    seconds = datetime(year, month, day, hour, tzinfo=UTC) - datetime(1601, 1, 1, tzinfo=UTC)
    return str(int(seconds.total_seconds()) * 10_000_000)


def user(**changes: str) -> str:
    attributes = {
        "objectClass": "user",
        "cn": "Trader One",
        "memberOf": "CN=Domain Admins,CN=Users,DC=corp,DC=example",
        "whenCreated": "20260304182345.0Z",
        "userAccountControl": "512",
        "pwdLastSet": filetime(2026, 11, 20, 17),
        "lastLogon": "0",
        "lastLogonTimestamp": filetime(2026, 11, 21),
        "accountExpires": NEVER,
        "primaryGroupID": "513",
        "sAMAccountName": "trader1",
    }
    lines = [f"{name}: {value}" for name, value in (attributes | changes).items() if value]
    return "\n".join(["dn: CN=Trader One,OU=Desk\\, A,DC=Corp,DC=example", *lines, "", ""])


def account(text: str, **settings: str) -> dict[str, object]:
    reading = read(reader, text.encode(), **settings)
    assert not reading.rejects
    [row] = reading.rows["user_accounts"]
    return row


def test_a_user_is_an_account_with_its_rights():
    reading = read(reader, user().encode())
    assert reading.rows["user_accounts"] == [
        {
            "place": 1,
            "system": "corp.example",
            "account": "trader1",
            "display_name": "Trader One",
            "enabled": True,
            "created_on": date(2026, 3, 5),
            "password_changed_on": date(2026, 11, 21),
            "password_required": True,
            "last_used_at_us": 1_795_219_200_000_000,
        }
    ]
    rights = [(row["right_name"], row["top_privilege"]) for row in reading.rows["account_rights"]]
    assert rights == [("Domain Admins", True), ("Domain Users", False)]


def test_a_primary_group_that_memberof_leaves_out_is_a_right():
    rows = read(reader, user(primaryGroupID="512", memberOf="").encode()).rows["account_rights"]
    assert [(row["right_name"], row["top_privilege"]) for row in rows] == [("Domain Admins", True)]


@pytest.mark.parametrize(
    ("control", "column", "expected"),
    [
        ("514", "enabled", False),
        ("528", "enabled", True),
        ("544", "password_required", False),
        ("66048", "password_required", True),
        ("262656", "password_login", False),
    ],
)
def test_it_reads_the_flags_of_an_account(control, column, expected):
    assert account(user(userAccountControl=control))[column] is expected


def test_a_password_to_be_changed_has_no_known_day():
    assert "password_changed_on" not in account(user(pwdLastSet="0"))


def test_the_last_valid_day_is_that_of_the_moment_before():
    row = account(user(accountExpires=filetime(2026, 11, 20, 16)))
    assert (row["expires_on"], row["enabled"]) == (date(2026, 11, 20), False)
    row = account(user(accountExpires=filetime(2026, 12, 31, 16)))
    assert (row["expires_on"], row["enabled"]) == (date(2026, 12, 31), True)


def test_the_setting_wins_over_the_domain_of_the_dn():
    assert account(user(), system="HQ")["system"] == "HQ"


def test_it_unfolds_lines_and_decodes_base64():
    name = b64encode("王小明".encode()).decode()
    text = user(cn="").replace("objectClass: user", f"displayName:: {name[:6]}\n {name[6:]}\nobjectClass: us\n er")
    assert account(text)["display_name"] == "王小明"


def test_it_reads_utf_16_as_ldifde_writes_it():
    reading = read(reader, user(cn="王小明").replace("\n", "\r\n").encode("utf-16"))
    assert reading.rows["user_accounts"][0]["display_name"] == "王小明"


def test_group_names_are_unescaped():
    dn = r"CN=Ops\, \E7\8E\8B,OU=G,DC=corp,DC=example"
    rows = read(reader, user(memberOf=dn, primaryGroupID="").encode()).rows["account_rights"]
    assert [row["right_name"] for row in rows] == ["Ops, 王"]


@pytest.mark.parametrize(
    ("changes", "column"),
    [
        ({"userAccountControl": "5_12"}, "enabled"),
        ({"userAccountControl": "５１２"}, "enabled"),
        ({"pwdLastSet": "9999999999999999999"}, "password_changed_on"),
        ({"pwdLastSet": "-5"}, "password_changed_on"),
        ({"whenCreated": "20261304012345.0Z"}, "created_on"),
        ({"whenCreated": "20260304012345+0800"}, "created_on"),
        ({"memberOf": "Domain Admins"}, "right_name"),
        ({"sAMAccountName": ""}, "account"),
    ],
)
def test_a_value_that_cannot_be_rejects_the_entry(changes, column):
    [reject] = read(reader, user(**changes).encode()).rejects
    assert reject.column == column
    assert reject.tables == ("user_accounts", "account_rights")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("dn: CN=x,DC=a\n\n", "no attribute"),
        ("dn: CN=x,DC=a\nchangetype: modify\nreplace: cn\ncn: y\n-\n\n", "changetype"),
        ("dn: CN=x,DC=a\nobjectClass user\n\n", "line 2"),
        ("dn: CN=x,DC=a\ncn:: %%%\n\n", "base64"),
        ("dn: CN=x,DC=a\ncn:< file:///etc/hosts\n\n", "another file"),
        ("cn: x\nobjectClass: user\n\n", "no dn"),
        ("dn: CN=x,DC=a\nsAMAccountName: x\n\n", "userAccountControl"),
        ("dn: CN=x\nobjectClass: user\nsAMAccountName: x\n\n", "no domain"),
        ("dn: x\nobjectClass: user\nsAMAccountName: x\n\n", "dn of this record"),
        ("# search result\nsearch: 2\nresult: 4 Size limit exceeded\n\n", "result 4"),
        (user()[:-1] + "userAccountControl: 2\n\n", "userAccountControl"),
    ],
)
def test_a_record_it_cannot_read_is_rejected_with_the_reason(text, says):
    [reject] = read(reader, text.encode()).rejects
    assert says in reject.why.en


@pytest.mark.parametrize(
    "text",
    [
        "dn: CN=pc,DC=a\nobjectClass: user\nobjectClass: computer\n\n",
        "dn: CN=pc,DC=a\nuserAccountControl: 4096\n\n",
        "dn: CN=g,DC=a\nobjectClass: group\n\n",
        "dn: OU=o,DC=a\nobjectClass: organizationalUnit\n\n",
        "# search reference\nref: ldap://x/DC=a\n\n",
        "search: 2\nresult: 0 Success\n\n",
    ],
)
def test_what_is_no_account_is_skipped(text):
    reading = read(reader, text.encode())
    assert (reading.units, len(reading.skips)) == (1, 1)


def test_the_domain_object_is_a_password_policy():
    text = (
        "dn: DC=corp,DC=example\nobjectClass: domainDNS\nminPwdLength: 7\npwdProperties: 1\n"
        "lockoutThreshold: 0\nmaxPwdAge: -36288000000000\n\n"
    )
    assert read(reader, text.encode()).rows["password_policies"] == [
        {
            "place": 1,
            "system": "corp.example",
            "setting_source": "AD domain policy",
            "min_length": 7,
            "min_classes": 3,
            "complexity": True,
            "lockout_attempts": 0,
            "max_age_days": 42,
        }
    ]


@pytest.mark.parametrize(("age", "days"), [("-9223372036854775808", 0), ("0", 0), ("-36288000000001", 43)])
def test_a_password_age_is_counted_in_whole_days(age, days):
    text = f"dn: DC=corp,DC=example\nobjectClass: domainDNS\nmaxPwdAge: {age}\n\n"
    assert read(reader, text.encode()).rows["password_policies"][0]["max_age_days"] == days


def test_a_policy_that_cannot_be_read_is_a_hole_in_policies_alone():
    text = "dn: DC=corp,DC=example\nobjectClass: domainDNS\nmaxPwdAge: 42\n\n"
    [reject] = read(reader, text.encode()).rejects
    assert (reject.column, reject.tables) == ("max_age_days", ("password_policies",))


def test_a_fine_grained_policy_is_a_row_of_its_own():
    text = (
        "dn: CN=Ops,CN=Password Settings Container,CN=System,DC=a\nobjectClass: msDS-PasswordSettings\ncn: Ops\n"
        "msDS-MinimumPasswordLength: 12\nmsDS-PasswordComplexityEnabled: FALSE\nmsDS-LockoutThreshold: 5\n"
        "msDS-MaximumPasswordAge: -9223372036854775808\n\n"
    )
    [row] = read(reader, text.encode()).rows["password_policies"]
    assert row["setting_source"] == "AD fine-grained policy Ops"
    assert (row["min_length"], row["complexity"], row["lockout_attempts"], row["max_age_days"]) == (12, False, 5, 0)


def test_it_knows_its_file_and_no_other():
    assert reader.recognise(Head("a.ldif", user().encode(), whole=True)).sureness == 90
    assert reader.recognise(Head("a.ldif", user().encode("utf-16"), whole=True)) is not None
    openldap = b"dn: uid=x,ou=people,dc=a\nobjectClass: posixAccount\nuid: x\n"
    assert reader.recognise(Head("a.ldif", openldap, whole=True)) is None
    assert reader.recognise(Head("a.ldif", b"", whole=True)) is None
    assert reader.recognise(Head("a.txt", b"sAMAccountName: x\n", whole=True)) is None


@pytest.mark.parametrize(
    ("name", "units", "rows", "skips", "rejects"),
    [("hutch.offsec.ldif", 4, 1, 1, 2), ("support.htb.ldif", 5, 1, 4, 0)],
)
def test_the_samples_are_read(name, units, rows, skips, rejects):
    data = shared_data("directory_ldif", "ad_ldapsearch", name).read_bytes()
    assert reader.recognise(Head(name, data, whole=True)) is not None
    reading = read(reader, data)
    accounts = reading.rows["user_accounts"]
    assert (reading.units, len(accounts), len(reading.skips), len(reading.rejects)) == (units, rows, skips, rejects)
    if name.startswith("hutch"):
        guest = accounts[0]
        assert (guest["enabled"], guest["password_required"]) == (False, False)
        assert "password_changed_on" not in guest
    else:
        assert accounts[0]["password_changed_on"] == date(2022, 5, 28)
        assert accounts[0]["created_on"] == date(2022, 5, 28)


@settings(deadline=None)
@given(
    st.binary(max_size=300)
    | st.lists(st.sampled_from([*user().splitlines(keepends=True), "\n", " x\n"])).map("".join).map(str.encode)
)
def test_any_bytes_are_conserved(data):
    read(reader, data)


@settings(deadline=None)
@given(
    name=st.sampled_from(["userPassword", "unicodePwd", "info", "description", "ms-Mcs-AdmPwd"]),
    secret=st.text("abc0123456789", min_size=4, max_size=20).map(lambda text: f"SECRET{text}"),
    plain=st.booleans(),
    at=st.integers(1, 11),
)
def test_a_password_never_leaves_the_reader(name, secret, plain, at):
    value = f"{name}: {secret}" if plain else f"{name}:: {b64encode(secret.encode()).decode()}"
    lines = user().splitlines(keepends=True)
    lines.insert(at, value + "\n")
    for unit in reader.read(BytesIO("".join(lines).encode()), Context(observed_at_us=NOON_2026_11_22)):
        assert "SECRET" not in repr(unit)
        assert b64encode(secret.encode()).decode() not in repr(unit)
