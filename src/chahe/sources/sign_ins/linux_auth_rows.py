"""What Linux's sign-in messages mean: the fate of each line, and its row. Texts that repeat are looked at once each."""

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from chahe.sources.model import Context
from chahe.sources.scanning.field_columns import nullable
from chahe.sources.scanning.line_fates import LineFates
from chahe.sources.scanning.phrase_scan import Said, library, said
from chahe.sources.scanning.spans import GOOD, Texts, coded, numbers, texts
from chahe.sources.scanning.syslog_scan import Headers, bytes_of, scan
from chahe.sources.scanning.syslog_times import IMPOSSIBLE, NO_TIME
from chahe.sources.sign_ins.linux_auth_phrases import LIST_OF, LISTS, PAM_LIST_OF, SLOTS
from chahe.sources.sign_ins.linux_auth_scan import Told, told

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]

_BOOK, _GROUPS = library(LISTS, SLOTS)
WHYS = ("blank", "bad_time", "no_header", "unattended", "ssh_detail", "pam_detail", "unrelated")
"""Why a line is no row."""
_NO_HEADER, _SSH_DETAIL, _UNRELATED = (WHYS.index(why) for why in ("no_header", "ssh_detail", "unrelated"))
_ADDRESS = r"^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f]*:[0-9A-Fa-f:.]*)(?:%\w+)?$"
_OWN_TERMINAL = r"^(?:/dev/)?(?:tty\d+|ttyS\d+|console|hvc\d+)$"


class SignIns(NamedTuple):
    """What messages say, by line."""

    whys: Ints
    """Why there is no row, as an index of WHYS, or -1."""
    columns: Mapping[str, pa.Array]
    """The columns of `auth_events` that messages fill."""


def rows(lines: pa.Array, context: Context, years: Any) -> Mapping[str, pa.Array]:  # noqa: ANN401 - Arrow's arrays are untyped
    """By line: its fate, why and what is bad, and the columns of `auth_events`."""
    headers = scan(lines, context, years)
    bare = (headers.times == NO_TIME) & (headers.host[1] == 0) & (headers.program[1] == 0)
    heard = told(headers.data, headers.program, headers.messages, headers.ends)
    found = sign_ins(headers.data, heard, bare)
    return {
        **found.columns,
        **_fates(lines, headers, heard.blank & bare & (headers.priorities < 0), found.whys),
        "happened_at_us": headers.happened(),
        "host": texts(headers.data, *headers.host).column(),
    }


def of_messages(programs: pa.Array, messages: pa.Array) -> SignIns:
    """The same of messages that came without lines: programs and messages are string arrays, null where there is none."""
    programs, messages = pc.fill_null(programs, ""), pc.fill_null(messages, "")
    (names, edges), (letters, offsets) = bytes_of(programs), bytes_of(messages)
    data = np.concatenate([names, letters])
    begins = (offsets + len(names)).astype(np.int32)
    heard = told(data, (edges[:-1], np.diff(edges)), begins[:-1], begins[1:])
    return sign_ins(data, heard, np.zeros(len(messages), np.bool_))


def sign_ins(data: Bytes, heard: Told, bare: Flags) -> SignIns:
    """What is said; `bare` are lines without any header."""
    services = texts(data, *heard.services)
    groups = _groups(services, heard.by_pam, bare)
    says = said(_BOOK, data, heard.spans, groups)
    whys = says.codes("skip", WHYS)
    silent = says.phrases < 0
    whys[silent] = _UNRELATED
    whys[silent & (groups == _GROUPS["ssh"])] = _SSH_DETAIL
    whys[silent & (groups == _GROUPS["bare"])] = _NO_HEADER
    return SignIns(whys, _columns(data, says, services, bare))


def _groups(services: Texts, by_pam: Flags, bare: Flags) -> Ints:
    names = services.values.to_pylist()
    own = np.array([*(_GROUPS[LIST_OF.get(name, "other")] for name in names), _GROUPS["other"]], np.int32)
    pam = np.array([*(_GROUPS[PAM_LIST_OF.get(name, "pam")] for name in names), _GROUPS["pam"]], np.int32)
    bare_pam = np.where(pam == _GROUPS["pam"], np.int32(_GROUPS["pam ssh"]), pam)
    of_line = np.where(bare, np.int32(_GROUPS["bare"]), own[services.codes])
    of_pam = np.where(bare, bare_pam[services.codes], pam[services.codes])
    found: Ints = np.where(by_pam, of_pam, of_line).astype(np.int32)
    return found


def _columns(data: Bytes, says: Said, services: Texts, bare: Flags) -> Mapping[str, pa.Array]:
    account, domain = _parted(says.texts("who", data))
    host, address = _named_or_numbered(texts(data, *says.of("origin")))
    ports, states = numbers(data, *says.of("port"), 2**31 - 1)
    methods = says.texts("method", data)
    terminals = texts(data, *says.of("terminal"))
    return {
        "activity": says.column("activity"),
        "outcome": says.column("outcome"),
        "account": account,
        "account_domain": domain,
        "target_account": says.texts("target", data).column(),
        "source_host": host,
        "source_address": address,
        "source_port": nullable(ports, states == GOOD),
        "local_console": _local(terminals),
        "method": coded(methods.codes, pc.replace_substring_regex(methods.values, r"/.*$", "")),
        "service": _services(services, bare),
        "session_id": texts(data, *says.of("session")).column(),
    }


def _services(services: Texts, bare: Flags) -> pa.DictionaryArray:
    """What has no header is sshd's."""
    nameless = np.where(bare & (services.codes < 0), np.int32(len(services.values)), services.codes)
    return coded(nameless.astype(np.int32), pa.concat_arrays([services.values, pa.array(["sshd"])]))


def _parted(who: Texts) -> tuple[pa.DictionaryArray, pa.DictionaryArray]:
    """Accounts, and the domains of `CORP\\mei` and `mei@corp.example`."""
    names, domains = [], []
    for name in who.values.to_pylist():
        domain, backslash, account = name.partition("\\")
        if not backslash:
            account, at, domain = name.rpartition("@")
            account = account if at else name
            domain = domain if at else None
        names.append(account)
        domains.append(domain)
    return coded(who.codes, pa.array(names, pa.string())), coded(who.codes, pa.array(domains, pa.string()))


def _named_or_numbered(origins: Texts) -> tuple[pa.DictionaryArray, pa.DictionaryArray]:
    """Names of computers, and addresses."""
    numbered = pc.match_substring_regex(origins.values, _ADDRESS)
    hosts = pc.if_else(numbered, None, origins.values)
    addresses = pc.if_else(numbered, origins.values, None)
    return coded(origins.codes, hosts), coded(origins.codes, addresses)


def _local(terminals: Texts) -> pa.Array:
    own = np.array([*pc.match_substring_regex(terminals.values, _OWN_TERMINAL).to_pylist(), False], np.bool_)
    local = own[terminals.codes]
    return pa.array(local, mask=~local)


def _fates(lines: pa.Array, headers: Headers, blank: Flags, whys: Ints) -> Mapping[str, pa.Array]:
    fates = LineFates(lines, skips=set(WHYS) - {"bad_time", "no_header"})
    fates.say(blank, "blank")
    impossible = headers.times == IMPOSSIBLE
    fates.say(impossible, "bad_time", column="happened_at_us", value=lambda line: headers.text(headers.time, line))
    for index, why in enumerate(WHYS):
        fates.say(whys == index, why)
    return fates.columns()
