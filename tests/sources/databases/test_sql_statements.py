"""What statements change, and that their secrets are not shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chahe.sources.databases.sql_statements import SHOWN, change_of, shown

SECRET = "hunter2hunter2"  # noqa: S105 - a mark to look for, no password


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE trade.orders SET price = 12", ("data", "update", "trade.orders")),
        ('-- why\n/* and */ insert into "A"."b" values (1)', ("data", "insert", "A.b")),
        ("with x as (select 1) delete from t", ("data", "delete", "t")),
        ("select * into backup from orders", ("structure", "select into", "backup")),
        ("copy orders from stdin", ("data", "copy", "orders")),
        ("TRUNCATE TABLE [dbo].[book]", ("data", "truncate", "dbo.book")),
        ("CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON t (a)", ("structure", "create index", "i")),
        ("create or replace view v as select 1", ("structure", "create view", "v")),
        ("ALTER SERVER ROLE sysadmin ADD MEMBER [CORP\\mei]", ("account", "alter server role", "sysadmin")),
        ("ALTER SYSTEM SET log_statement = 'none'", ("settings", "alter system", None)),
        ("ALTER SERVER AUDIT [a] WITH (STATE = OFF)", ("audit", "alter server audit", "a")),
        ("GRANT SELECT ON accounts TO lin", ("rights", "grant", "accounts")),
        ("grant dba to lin", ("rights", "grant", "dba")),
        ("EXEC sp_addsrvrolemember 'mei', 'sysadmin'", ("code", "exec", "sp_addsrvrolemember")),
        ("do $$ begin end $$", ("code", "do", None)),
    ],
)
def test_the_first_words_tell_what_is_changed(statement: str, expected: tuple[str | None, ...]) -> None:
    assert change_of(statement) == expected


@pytest.mark.parametrize(
    "statement",
    ["", "select 1", "SET search_path = x", "begin", "copy t to '/x'", "alter session set x = 1", "with x as (select 1) select * from x", "explain select 1", "vacuum", "42"],
)  # fmt: skip
def test_what_reads_or_steers_the_session_changes_nothing(statement: str) -> None:
    assert change_of(statement) is None


@pytest.mark.parametrize(
    "statement",
    [
        f"alter role mei password '{SECRET}'", f"ALTER ROLE mei WITH ENCRYPTED PASSWORD '{SECRET}", f"create user m identified by {SECRET}",
        f'alter user m identified by "{SECRET}" replace "{SECRET}"', f"CREATE LOGIN m WITH PASSWORD=N'{SECRET}' MUST_CHANGE",
        f"alter user m identified by values '{SECRET}'", f"alter role m password $x${SECRET}$x$", f"create user mapping for m server s options (password '{SECRET}')",
        f"EXEC sp_addlogin 'm', '{SECRET}'", f"ALTER LOGIN m WITH PASSWORD = 0x{SECRET.encode().hex()} HASHED",
        f"create database link l connect to m identified by {SECRET} using 'x'", f"alter role m password E'{SECRET}\\' x'",
        f"OPEN SYMMETRIC KEY k DECRYPTION BY PASSWORD = '{SECRET}'",
    ],
)  # fmt: skip
def test_secrets_are_not_shown(statement: str) -> None:
    assert SECRET not in shown(statement)
    assert SECRET.encode().hex() not in shown(statement)


def test_a_statement_without_secrets_is_shown_as_it_is_but_shorter() -> None:
    assert shown("update t\n  set note = 'hello'") == "update t set note = 'hello'"
    assert len(shown("select " + "x" * 5000)) == SHOWN


@given(
    st.text(alphabet="aAdDpPsS '\"$-/*;.()\n@[]=", max_size=60),
    st.sampled_from(["create ", "alter user ", "with ", "grant ", "insert ", ""]),
)
def test_no_text_breaks_it(text: str, first: str) -> None:
    change_of(first + text)
    shown(first + "password " + text)
