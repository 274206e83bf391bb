"""Any SQL database as a source: one SELECT, asked in a read-only transaction, its rows written down as they came.

What the query returned is kept as JSON lines (see `chahe.sources.lists.query_rows`), and evidence is read from those, so that every row leads back
to raw bytes although a database has none. Rows stand in the order the database gives them: a query that should give the same bytes
twice says ORDER BY.

A query is refused unless it is a single SELECT. SQLite files are opened read-only; PostgreSQL, MySQL, MariaDB and Oracle are asked in a
READ ONLY transaction; whatever the database, nothing is ever committed. Functions with effects of their own are beyond that: give
Chahe an account that may only read.
"""

import base64
import io
import json
import math
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import sqlalchemy
import sqlglot
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlglot import exp

from chahe.sources.lists import query_rows
from chahe.sources.model import Context, Unit, Unreadable
from chahe.wording import Text

_SQLGLOT = {"postgresql": "postgres", "mssql": "tsql", "mariadb": "mysql"}
_READ_ONLY = frozenset({"postgresql", "mysql", "mariadb", "oracle"})
"""Databases that know SET TRANSACTION READ ONLY."""
_CHANGES = (
    exp.Insert, exp.Update, exp.Delete, exp.Merge, exp.Into, exp.Lock, exp.Command, exp.DDL, exp.Drop, exp.Alter, exp.Set, exp.Pragma,
)  # fmt: skip
_BATCH = 1000

_NOT_A_QUERY = Text(
    "這段 SQL 讀不懂（{problem}）；請更正後再試",
    "this SQL cannot be parsed ({problem}); correct it and try again",
)
_NOT_ONE_SELECT = Text(
    "來源的查詢只能是一個 SELECT（可用 WITH），不能修改、鎖定或寫入資料；請更正查詢",
    "a source's query must be one SELECT (WITH is allowed) and must not change, lock or write data; correct the query",
)
_BAD_URL = Text(
    "資料庫位址的寫法不對；應如 postgresql+psycopg://帳號:密碼@主機/資料庫 或 sqlite:///檔案路徑",
    "the database address is malformed; write postgresql+psycopg://user:password@host/database or sqlite:///path/to/file",
)
_NO_DRIVER = Text(
    "沒有安裝「{name}」的驅動程式；請安裝它（PostgreSQL：pip install 'chahe[postgresql]'）",
    "the driver of {name} is not installed; install it (PostgreSQL: pip install 'chahe[postgresql]')",
)
_NO_FILE = Text("找不到 SQLite 檔案「{path}」；請檢查路徑", "there is no SQLite file “{path}”; check the path")
_FAILED = Text(
    "資料庫「{source}」拒絕或未能完成查詢：{problem}。請檢查位址、帳號密碼、權限、資料表與欄位名稱",
    "the database {source} refused or could not finish the query: {problem}. Check address, account, password, rights, and the names of tables and columns",
)
_NO_COLUMNS = Text("查詢沒有傳回任何欄位；請更正查詢", "the query returned no columns; correct the query")


def fetch_query(url: str, query: str) -> Iterator[bytes]:
    """The raw object of a query, line by line: what was asked, then each row.

    Nothing but rows goes in: neither password nor clock. Raises Unreadable (which names no password) where the query is
    refused, cannot be asked, or breaks off.
    """
    address = _address(url)
    shown = _without_password(address)
    engine = _engine(address)
    _check(query, address.get_backend_name())
    place = 0
    try:
        with engine.connect() as connection:
            result = _ask(connection, query, address.get_backend_name())
            columns = list(map(str, result.keys()))
            yield _line(
                {
                    "chahe": "query rows",
                    "version": query_rows.VERSION,
                    "source": shown,
                    "query": query,
                    "columns": columns,
                }
            )
            place = 1
            for row in result:
                yield serialise(row)
                place += 1
    except SQLAlchemyError as problem:
        raise Unreadable(_FAILED.fill(source=shown, problem=_plain(problem, address)), place=place + 1) from None
    finally:
        engine.dispose()


def read_query(url: str, query: str, table: str | None, context: Context) -> Iterator[Unit]:
    """A query's rows as units of evidence, without keeping the raw object: for trying a query out.

    `table` is the evidence table, or None where the column names tell it. Raises Unreadable.
    """
    settings = dict(context.settings) | ({"table": table} if table else {})
    raw = io.BytesIO(b"".join(fetch_query(url, query)))
    yield from query_rows.read(raw, Context(context.observed_at_us, settings, context.zone))


def serialise(row: Sequence[object]) -> bytes:
    """One row as a line of canonical JSON: null, true, false, numbers and text; all else as text that loses nothing."""
    return _line([_plain_value(value) for value in row])


def _plain_value(value: object) -> object:
    if value is None or isinstance(value, bool | int | str) or (isinstance(value, float) and math.isfinite(value)):
        return value
    if isinstance(value, datetime):
        return value.isoformat(" ")
    if isinstance(value, bytes | bytearray | memoryview):
        return "base64:" + base64.b64encode(value).decode("ascii")
    return f"{value:f}" if isinstance(value, Decimal) else str(value)  # a date or a time of day prints as ISO 8601


def _line(value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "backslashreplace") + b"\n"


def _address(url: str) -> URL:
    try:
        return make_url(url)
    except (ArgumentError, ValueError):
        raise Unreadable(_BAD_URL) from None


def _without_password(address: URL) -> str:
    return address.set(password=None, query={}, drivername=address.get_backend_name()).render_as_string()


def _check(query: str, backend: str) -> None:
    dialect = _SQLGLOT.get(backend, backend)
    try:
        statements = sqlglot.parse(query, read=dialect if sqlglot.Dialect.get(dialect) else None)
    except (sqlglot.errors.SqlglotError, ValueError, RecursionError) as problem:
        said = str(problem).splitlines()[0] if str(problem) else type(problem).__name__
        raise Unreadable(_NOT_A_QUERY.fill(problem=said)) from problem
    asked = [statement for statement in statements if statement is not None]
    if len(asked) != 1 or not isinstance(asked[0], exp.Query) or asked[0].find(*_CHANGES):
        raise Unreadable(_NOT_ONE_SELECT)


def _engine(address: URL) -> Engine:
    backend = address.get_backend_name()
    try:
        return sqlalchemy.create_engine(_read_only_file(address) if backend == "sqlite" else address)
    except (NoSuchModuleError, ImportError):
        raise Unreadable(_NO_DRIVER.fill(name=address.drivername)) from None
    except (ArgumentError, ValueError, TypeError):
        raise Unreadable(_BAD_URL) from None


def _read_only_file(address: URL) -> URL:
    path = Path(address.database or "")
    if not path.is_file():
        raise Unreadable(_NO_FILE.fill(path=address.database or ""))
    return URL.create("sqlite", database=f"{path.resolve().as_uri()}", query={"mode": "ro", "uri": "true"})


def _ask(connection: Connection, query: str, backend: str) -> "sqlalchemy.CursorResult[Any]":
    if backend in _READ_ONLY:
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")
    streaming = connection.execution_options(stream_results=True, yield_per=_BATCH, no_parameters=True)
    result = streaming.exec_driver_sql(query)
    if not result.returns_rows:
        raise Unreadable(_NO_COLUMNS)
    return result


def _plain(problem: SQLAlchemyError, address: URL) -> str:
    """The driver's own words, in one line, with the password blotted out should they hold it."""
    said = str(problem.orig) if isinstance(problem, DBAPIError) else str(problem)
    password = str(address.password or "")
    if password:
        said = said.replace(password, "***")
    return " ".join(said.split())[:300]
