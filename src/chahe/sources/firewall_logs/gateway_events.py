"""What a gateway's records say of sign-ins and remote sessions, for readers of firewall logs. No reader of its own.

A reader says of each line what it tells of a sign-in (columns of auth_events) and of a session (columns of
remote_sessions), or nothing; the time, the device and the message's code are those of the line's own row.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import pyarrow as pa

from chahe.evidence import auth_events, remote_sessions
from chahe.evidence.model import Table
from chahe.evidence.schema import arrow_type
from chahe.sources.model import Context, Extra

Values = Mapping[str, object]

_MILLION = 1_000_000
_TAKEN = ("happened_at_us", "device", "event_kind", "event_code", "account", "source_address", "action")


class Line(NamedTuple):
    """A line, and what its own row says."""

    text: str
    row: Mapping[str, Any]
    """The row's columns of `_TAKEN`."""

    @property
    def kind(self) -> str:
        """The row's event_kind."""
        return str(self.row["event_kind"])

    def lasted(self, phase: str, seconds: int | None) -> Values:
        """When the session of this record began and ended, as far as it says so."""
        at_us = self.row["happened_at_us"]
        if at_us is None:
            return {}
        began_at_us = at_us if phase == "began" else None if seconds is None else at_us - seconds * _MILLION
        return {"began_at_us": began_at_us, "ended_at_us": at_us if phase == "ended" else None}


class GatewayEvents(NamedTuple):
    """What one line says."""

    sign_in: Values | None = None
    session: Values | None = None


Reading = Callable[[Iterator[Line]], Iterable[GatewayEvents]]


def extras(read: Reading, *, kinds: Sequence[str]) -> tuple[Extra, ...]:
    """The two further tables of a firewall's log, from its lines of those kinds. `read` gives one answer for each line."""

    def sign_ins(lines: pa.Array, rows: pa.Table, _: Context) -> Mapping[str, pa.Array]:
        told = ((line, events.sign_in) for line, events in _read(read, lines, rows))
        return _columns(auth_events.table, "host", told)

    def sessions(lines: pa.Array, rows: pa.Table, _: Context) -> Mapping[str, pa.Array]:
        told = ((line, events.session) for line, events in _read(read, lines, rows))
        return _columns(remote_sessions.table, "device", told)

    asked = {"column": "event_kind", "values": tuple(kinds)}
    return (
        Extra(table="auth_events", columns=sign_ins, **asked),  # type: ignore[arg-type] # by name
        Extra(table="remote_sessions", columns=sessions, **asked),  # type: ignore[arg-type] # by name
    )


def _read(read: Reading, lines: pa.Array, rows: pa.Table) -> Iterator[tuple[Line, GatewayEvents]]:
    own = rows.select(list(_TAKEN)).to_pylist()
    texts = [Line(text.rstrip("\r\n"), row) for text, row in zip(lines.to_pylist(), own, strict=True)]
    return zip(texts, read(iter(texts)), strict=True)


def _columns(table: Table, device: str, told: Iterable[tuple[Line, Values | None]]) -> Mapping[str, pa.Array]:
    """The table's columns, and which lines give a row."""
    found: list[Values] = []
    given: list[bool] = []
    for line, values in told:
        given.append(values is not None)
        own = {
            "happened_at_us": line.row["happened_at_us"],
            device: line.row["device"],
            "event_code": line.row["event_code"],
        }
        found.append({**own, **(values or {})})
    columns = {
        column.name: pa.array([row.get(column.name) for row in found], arrow_type(column.kind).arrow)
        for column in table.columns
    }
    return {"given": pa.array(given), **columns}
