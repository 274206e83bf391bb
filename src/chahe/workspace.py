"""A firm's workspace: the folder with `chahe.toml`, which says the firm's facts, its sources and its parameters."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from chahe.sources.lists.mapping import BadMapping, settings_of
from chahe.vault.errors import Malformed
from chahe.vault.signing.pkcs11_uri import SCHEME, TokenKey
from chahe.wording import Text

FILE = "chahe.toml"
_TAIPEI = ZoneInfo("Asia/Taipei")
_TOP = {"firm", "audit", "parameters", "source", "vault"}
_VAULT = {"origin", "key", "wrapping_key", "storage", "witness", "timestamps"}
_KEY = Path("keys") / "vault.key"
_WRAPPING_KEY = Path("keys") / "wrapping.key"
_SOURCE = {"name", "paths", "ignore", "reader", "observed", "zone", "set", "map", "database", "query", "table"}


class BadWorkspace(Exception):
    """`chahe.toml` is absent or says something that cannot be. Carries a Text with file, place and remedy."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One `[[source]]`: files by path or glob, or a database query."""

    name: str
    paths: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    """Globs of file names, or of paths below the workspace: files beside the records that somebody declares to be none."""
    reader: str | None = None
    observed: datetime | None = None
    zone: str = "Asia/Taipei"
    settings: Mapping[str, str] = field(default_factory=dict)
    database: str | None = None
    query: str | None = None
    table: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultSettings:
    """`[vault]`: under which name and key the vault's log is signed, and who vouches for it from outside."""

    key: Path | TokenKey
    """The file of the signing key: made at the first ingest, readable by its owner alone. Or where it is in a token."""
    verifier: Path
    """The file of the keys that the log is checked by, for everybody to read."""
    wrapping_key: Path
    """The file of the key under which files with personal data are sealed: made when the first is, readable by its owner alone."""
    storage: str | None = None
    """The bucket of an object store (`s3://bucket/prefix`) where raw files and the log lie; None: in the workspace."""
    origin: str | None = None
    """The log's name; None: made up of the key."""
    witnesses: tuple[tuple[str, str], ...] = ()
    """Verifier key and address of each witness."""
    timestamps: tuple[tuple[str, Path], ...] = ()
    """Address of each time-stamping authority (RFC 3161), and the file of the certificate it is trusted by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """What `chahe.toml` says, checked."""

    folder: Path
    name: str
    facts: Mapping[str, bool]
    months: int
    """Length of the audited period in calendar months, unless the command says from and until."""
    parameters: Mapping[str, Mapping[str, object]]
    """By control id."""
    sources: tuple[Source, ...]
    vault_settings: VaultSettings

    @property
    def vault(self) -> Path:
        return self.folder / "vault"

    @property
    def audits(self) -> Path:
        return self.folder / "audits"


def signing_key(said: str, folder: Path) -> Path | TokenKey:
    """A key's file, relative to the workspace's folder, or its place in a token (`pkcs11:…`). Raises Malformed."""
    return TokenKey.parse(said) if said.startswith(SCHEME) else folder / said


def verifier_beside(key: Path | TokenKey, folder: Path) -> Path:
    """Where the verifier key of a signing key lies: beside its file, or where it would be."""
    return (key if isinstance(key, Path) else folder / _KEY).with_suffix(".pub")


def open_workspace(folder: Path) -> Workspace:
    """Read and check `chahe.toml`. Raises BadWorkspace."""
    path = folder / FILE
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        raise BadWorkspace(
            Text(
                f"{folder} 裡沒有 {FILE}；請先執行 chahe init，或以 --workspace 指定工作資料夾",
                f"there is no {FILE} in {folder}; run chahe init first, or name the folder with --workspace",
            )
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        zh, en = _place(error)
        raise BadWorkspace(
            Text(
                f"{path} {zh}的寫法不對：文字要加雙引號，路徑的反斜線請改寫成 /（{error}）",
                f"{path} is not valid TOML{en}: put texts in double quotes, write / for \\ in paths ({error})",
            )
        ) from error
    except OSError as error:
        raise BadWorkspace(
            Text(f"無法讀取 {path}：{error.strerror}", f"{path} cannot be read: {error.strerror}")
        ) from error
    return _Reader(path).workspace(raw)


class _Reader:
    """Checks what the file says, and says where it is wrong."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def workspace(self, raw: Mapping[str, object]) -> Workspace:
        self._known("", raw, _TOP)
        firm = self._table(raw, "firm")
        for key, value in firm.items():
            if key != "name" and not isinstance(value, bool):
                raise self._bad(f"[firm] {key}", value, " true 或 false，不加引號", "true or false, without quotes")
        audit = self._table(raw, "audit")
        self._known("[audit]", audit, {"months"})
        months = audit.get("months", 12)
        if not isinstance(months, int) or isinstance(months, bool) or months < 1:
            raise self._bad("[audit] months", months, "正整數（月）", "a positive whole number of months")
        sources = [self._source(index, entry) for index, entry in enumerate(self._list(raw, "source"), start=1)]
        names = [source.name for source in sources]
        for name in names:
            if names.count(name) > 1:
                raise self._bad("[[source]] name", name, "不重複的名稱", "a name used once")
        return Workspace(
            folder=self.path.parent,
            name=str(firm.get("name", "")),
            facts={key: value for key, value in firm.items() if isinstance(value, bool)},
            months=months,
            parameters={
                control: self._table(self._table(raw, "parameters"), control)
                for control in self._table(raw, "parameters")
            },
            sources=tuple(sources),
            vault_settings=self._vault(self._table(raw, "vault")),
        )

    def _vault(self, given: Mapping[str, object]) -> VaultSettings:
        self._known("[vault]", given, _VAULT)
        origin = self._text(given, "[vault]", "origin")
        if origin is not None and (not origin or "+" in origin or any(letter.isspace() for letter in origin)):
            raise self._bad("[vault] origin", origin, "不含空白與加號的名稱", "a name without blanks and plus signs")
        storage = self._text(given, "[vault]", "storage")
        if storage is not None and not re.fullmatch(r"s3://[^/\s]+(/\S*)?", storage):
            raise self._bad("[vault] storage", storage, " s3://桶/前綴", "s3://bucket/prefix")
        key = self._signing_key(self._text(given, "[vault]", "key"))
        return VaultSettings(
            key=key,
            verifier=verifier_beside(key, self.path.parent),
            wrapping_key=self.path.parent / (self._text(given, "[vault]", "wrapping_key") or _WRAPPING_KEY),
            storage=storage,
            origin=origin,
            witnesses=tuple((one["key"], one["url"]) for one in self._pairs(given, "witness", ("key", "url"))),
            timestamps=tuple(
                (one["url"], self.path.parent / one["certificate"])
                for one in self._pairs(given, "timestamps", ("url", "certificate"))
            ),
        )

    def _signing_key(self, said: str | None) -> Path | TokenKey:
        try:
            return signing_key(said, self.path.parent) if said else self.path.parent / _KEY
        except Malformed as error:
            wanted = "pkcs11:token=…;object=…?module-path=…&pin-source=…"
            raise self._bad("[vault] key", said, f" {wanted}（{error.why}）", f"{wanted} ({error.why})") from error

    def _pairs(self, given: Mapping[str, object], name: str, members: tuple[str, str]) -> list[dict[str, str]]:
        """The tables of a list, each with just these texts."""
        pairs = []
        for index, entry in enumerate(self._list(given, name), start=1):
            where = f"[[vault.{name}]] #{index}"
            if not isinstance(entry, dict) or entry.keys() != set(members):
                raise self._bad(where, entry, f"{members[0]} 與 {members[1]}", f"{members[0]} and {members[1]}")
            pairs.append({member: self._text(entry, where, member) or "" for member in members})
        return pairs

    def _source(self, index: int, entry: object) -> Source:
        where = f"[[source]] #{index}"
        if not isinstance(entry, dict):
            raise self._bad(where, entry, "一個表格", "a table")
        self._known(where, entry, _SOURCE)
        name = entry.get("name")
        if not isinstance(name, str) or not name:
            raise self._bad(f"{where} name", name, "非空白的文字", "a text that is not empty")
        paths, database = entry.get("paths", []), entry.get("database")
        if not isinstance(paths, list) or not all(isinstance(path, str) for path in paths):
            raise self._bad(
                f"{where} paths", paths, '路徑的清單，例如 ["logs/*.log"]', 'a list of paths, such as ["logs/*.log"]'
            )
        ignore = entry.get("ignore", [])
        if not isinstance(ignore, list) or not all(isinstance(pattern, str) for pattern in ignore):
            raise self._bad(
                f"{where} ignore", ignore, '檔名樣式的清單，例如 ["*.pdf"]', 'a list of file names, such as ["*.pdf"]'
            )
        if bool(paths) == bool(database):
            raise self._bad(where, name, "paths 或 database 其中之一", "either paths or database")
        if database and not (entry.get("query") and entry.get("table")):
            raise self._bad(where, name, "database 需要 query 與 table", "query and table with database")
        settings = {key: _plain(value) for key, value in self._table(entry, "set").items()}
        reader = self._text(entry, where, "reader")
        if "map" in entry:
            reader = reader or "mapped"
            settings |= self._mapping(entry, where)
        return Source(
            name=name,
            paths=tuple(paths),
            ignore=tuple(ignore),
            reader=reader,
            observed=self._moment(entry.get("observed"), where),
            zone=self._zone(entry, where),
            settings=settings,
            database=self._text(entry, where, "database"),
            query=self._text(entry, where, "query"),
            table=self._text(entry, where, "table"),
        )

    def _mapping(self, entry: Mapping[str, object], where: str) -> dict[str, str]:
        try:
            return settings_of(self._table(entry, "map"))
        except BadMapping as error:
            raise self._bad(f"{where} map.{error.place}", error.value, error.wanted.zh, error.wanted.en) from error

    def _moment(self, value: object, where: str) -> datetime | None:
        match value:
            case None:
                return None
            case datetime():
                return value if value.tzinfo else value.replace(tzinfo=_TAIPEI)
            case date():
                # A day alone means its end: what was taken that day was taken by then.
                return datetime.combine(value, time(23, 59, 59), _TAIPEI)
        raise self._bad(f"{where} observed", value, "日期或時間，不加引號", "a date or time, without quotes")

    def _zone(self, entry: Mapping[str, object], where: str) -> str:
        zone = entry.get("zone", "Asia/Taipei")
        try:
            ZoneInfo(str(zone))
        except (KeyError, ValueError) as error:
            raise self._bad(
                f"{where} zone", zone, "時區名稱，例如 Asia/Taipei", "a time zone's name, such as Asia/Taipei"
            ) from error
        return str(zone)

    def _text(self, entry: Mapping[str, object], where: str, key: str) -> str | None:
        value = entry.get(key)
        if value is not None and not isinstance(value, str):
            raise self._bad(f"{where} {key}", value, "文字", "a text")
        return value

    def _table(self, raw: Mapping[str, object], key: str) -> Mapping[str, object]:
        value = raw.get(key, {})
        if not isinstance(value, dict):
            raise self._bad(key, value, "一個表格", "a table")
        return value

    def _list(self, raw: Mapping[str, object], key: str) -> list[object]:
        value = raw.get(key, [])
        if not isinstance(value, list):
            raise self._bad(key, value, f"以 [[{key}]] 開頭的表格", f"tables that begin with [[{key}]]")
        return value

    def _known(self, where: str, table: Mapping[str, object], known: set[str]) -> None:
        for key in table:
            if key not in known:
                listed = "、".join(sorted(known)), ", ".join(sorted(known))
                raise self._bad(f"{where} {key}".strip(), key, f"下列之一：{listed[0]}", f"one of: {listed[1]}")

    def _bad(self, where: str, value: object, wanted_zh: str, wanted_en: str) -> BadWorkspace:
        return BadWorkspace(
            Text(
                f"{self.path}：{where} 的值 {value!r} 不對；應為{wanted_zh}",
                f"{self.path}: {where} is {value!r}; expected {wanted_en}",
            )
        )


def _place(error: Exception) -> tuple[str, str]:
    """Where TOML breaks, in both languages; empty where the parser does not say."""
    found = re.search(r"at line (\d+), column (\d+)", str(error))
    return (f"第 {found[1]} 行第 {found[2]} 字", f" at line {found[1]}") if found else ("", "")


def _plain(value: object) -> str:
    """A setting as the text a reader takes."""
    return str(value).lower() if isinstance(value, bool) else str(value)
