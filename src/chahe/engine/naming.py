"""Brings the names of one host or account together, over all the evidence that an audit can see."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import pyarrow as pa

from chahe.engine.engines import Engine
from chahe.engine.naming_rules import AccountFacts, HostFacts, Names, accounts, hosts
from chahe.evidence.catalogue import tables
from chahe.evidence.model import Column, Naming, Shape, Table

STORED = "stored_"
"""The stored parts of table T are the relation stored_T."""
KNOWN = {Naming.HOST: "known_hosts", Naming.ACCOUNT: "known_accounts"}
"""Relations (alias, name): what each written name means where it does not mean itself."""
_OWN_ADDRESSES = ("vulnerability_scans", "vulnerabilities")
"""Tables whose rows tell a host together with its own address."""
_SIGN_INS = ("auth_events", "remote_sessions", "database_changes")
"""The logs whose account names are collected; those of others are brought together where they are known from elsewhere."""
_SPELLED = "position(chr(92) IN {0}) > 0 OR position('@' IN {0}) > 0 OR {0} LIKE 's-1-%'"
"""Account names that carry a domain, or are SIDs: of logs only these are looked at."""


@dataclass(frozen=True, slots=True)
class Known:
    """What written names mean, and in which tables those stand that could mean several."""

    names: Mapping[Naming, Names]
    seen_in: Mapping[Naming, Mapping[str, frozenset[str]]]
    """By ambiguous name: tables."""

    def written(self) -> list[tuple[str, str, tuple[str, ...], str]]:
        """(naming, written name, what it means or could mean, rule; empty where it is ambiguous), in order."""
        found: list[tuple[str, str, tuple[str, ...], str]] = []
        for naming in Naming:
            names = self.names[naming]
            found += [(naming.value, alias, (meant.name,), meant.rule) for alias, meant in names.meanings.items()]
            found += [(naming.value, alias, candidates, "") for alias, candidates in names.ambiguous.items()]
        return sorted(found)

    def doubts(self, table: Table) -> list[tuple[str, tuple[str, ...]]]:
        """The ambiguous names that stand in a table, each with what it could mean."""
        return [
            (name, candidates)
            for naming in Naming
            for name, candidates in self.names[naming].ambiguous.items()
            if table.name in self.seen_in[naming].get(name, ())
        ]


def known(engine: Engine, loaded: Callable[[str], bool]) -> Known:
    """What the names of the engine's `stored_` relations mean; `loaded` tells which tables hold rows."""
    seen: dict[Naming, dict[str, set[str]]] = {naming: {} for naming in Naming}
    for table, column, naming in _naming_columns(loaded):
        for name in _distinct(engine, table, column):
            seen[naming].setdefault(name, set()).add(table.name)
    declared = [
        (naming, *pair)
        for naming in Naming
        for pair in _pairs(engine, "identities", "alias", "name", loaded, f"naming = '{naming.value}'")
    ]
    found = {
        Naming.HOST: hosts(_host_facts(engine, seen[Naming.HOST], _declared(declared, Naming.HOST), loaded)),
        Naming.ACCOUNT: accounts(
            AccountFacts(
                names=seen[Naming.ACCOUNT].keys(),
                domains={
                    *_column(engine, "auth_events", "account_domain", loaded),
                    *_column(engine, "user_accounts", "system", loaded),
                },
                declared=_declared(declared, Naming.ACCOUNT),
                sids=_pairs(engine, "user_accounts", "account", "sid", loaded),
            )
        ),
    }
    where = {
        naming: {name: frozenset(seen[naming].get(name, ())) for name in found[naming].ambiguous} for naming in Naming
    }
    return Known(found, where)


def _declared(declared: Iterable[tuple[Naming, str, str]], wanted: Naming) -> list[tuple[str, str]]:
    return [(alias, name) for naming, alias, name in declared if naming is wanted]


def _host_facts(
    engine: Engine,
    seen: Mapping[str, AbstractSet[str]],
    declared: Iterable[tuple[str, str]],
    loaded: Callable[[str], bool],
) -> HostFacts:
    registers = [
        name
        for name, table in tables().items()
        if table.shape is Shape.REGISTER
        and name != "identities"
        and any(column.naming is Naming.HOST for column in table.columns)
        and loaded(name)
    ]
    return HostFacts(
        names=seen.keys(),
        registers={register: {host for host, held in seen.items() if register in held} for register in registers},
        declared=declared,
        addresses=[pair for table in _OWN_ADDRESSES for pair in _pairs(engine, table, "host", "address", loaded)],
        serials=_pairs(engine, "firewalls", "device", "serial_number", loaded),
    )


def relation(names: Names) -> pa.Table:
    """(alias, name), in order."""
    pairs = sorted((alias, meaning.name) for alias, meaning in names.meanings.items())
    columns = zip(*pairs, strict=True) if pairs else ([], [])
    return pa.table([pa.array(list(column), pa.string()) for column in columns], names=["alias", "name"])


def united(table: Table, columns: Iterable[str], namings: Iterable[Naming]) -> str:
    """The SELECT over `stored_T` in which names that mean another are that other."""
    wanted = set(namings)
    named = {column.name: naming for column in table.columns if (naming := column.naming) in wanted}
    chosen = ", ".join(
        f"coalesce(of_{name}.name, stored.{name}) AS {name}" if name in named else f"stored.{name} AS {name}"
        for name in columns
    )
    joins = "".join(
        f" LEFT JOIN {KNOWN[naming]} AS of_{name} ON of_{name}.alias = stored.{name}" for name, naming in named.items()
    )
    return f"SELECT {chosen} FROM {STORED}{table.name} AS stored{joins}"


def _naming_columns(loaded: Callable[[str], bool]) -> Iterator[tuple[Table, Column, Naming]]:
    """The columns whose names are looked at: of logs the hour ledger's subjects stand for the hosts that wrote them."""
    for table in tables().values():
        for column in table.columns:
            if column.naming is None or not (loaded(table.name) or table.name == "log_hours"):
                continue
            if table.shape is Shape.LOG and (column.naming is Naming.HOST or table.name not in _SIGN_INS):
                continue
            yield table, column, column.naming


def _distinct(engine: Engine, table: Table, column: Column) -> list[str]:
    of_logs = _SPELLED.format(column.name) if table.shape is Shape.LOG else "1 = 1"
    sql = f"SELECT DISTINCT {column.name} AS name FROM {STORED}{table.name} WHERE {column.name} IS NOT NULL AND ({of_logs})"
    return [row["name"] for row in engine.rows(sql).to_pylist()]


def _column(engine: Engine, table: str, name: str, loaded: Callable[[str], bool]) -> set[str]:
    return {one for one, _ in _pairs(engine, table, name, name, loaded)}


def _pairs(
    engine: Engine, table: str, first: str, second: str, loaded: Callable[[str], bool], where: str = "1 = 1"
) -> list[tuple[str, str]]:
    """The distinct pairs of two columns without nulls, in order."""
    if not loaded(table):
        return []
    sql = (
        f"SELECT DISTINCT {first} AS a, {second} AS b FROM {STORED}{table} "
        f"WHERE {first} IS NOT NULL AND {second} IS NOT NULL AND {where}"
    )
    return sorted((row["a"], row["b"]) for row in engine.rows(sql).to_pylist())
