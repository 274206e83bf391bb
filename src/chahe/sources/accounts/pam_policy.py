r"""Linux' password rules and lock-out: PAM stacks of /etc/pam.d, pwquality.conf and faillock.conf.

    password  requisite   pam_pwquality.so retry=3 minlen=8 dcredit=-1
    auth      required    pam_faillock.so preauth deny=5 unlock_time=900

    # pwquality.conf, faillock.conf
    minlen = 8
    minclass = 3
    deny = 5

Each line is one unit (lines joined by a backslash: the last of them). Modules read: pam_pwquality and pam_cracklib (minlen,
minclass, dcredit, ucredit, lcredit, ocredit), pam_unix (minlen), pam_faillock, pam_tally2 and pam_tally (deny).

* A negative credit asks for that many characters of the kind, so each one adds a kind to `min_classes`. A positive credit
  makes up for that much length: the shortest password that passes is minlen less the positive credits, but never under 6, the
  floor both modules keep. pam_cracklib gives a credit of 1 for each kind unless it is told otherwise, pam_pwquality of 0.
* `min_classes` is the larger of minclass and the number of negative credits; `complexity` says whether that is two or more.
  Both stay null where the file sets none of them. So does every other column: a default built into a module is not quoted as
  if it had been set, and the other file of the pair may set it.
* Where several lines set a lock-out the laxest counts (0 is never); of other settings the later line counts.
* `setting_source` is the module or the file by its settings, unless the setting `setting_source` names it (`pam.d/sshd`).
"""

import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from chahe.sources.accounts.pam_values import CREDITS, LOCKOUT, Settings, columns
from chahe.sources.accounts.policy_lines import OTHER, Part, policy, whole
from chahe.sources.model import Context, Head, Match, RecordReader, Reject, Setting, Skip, Unit
from chahe.sources.reading.text_lines import (
    SYSTEM,
    Line,
    aside,
    head_lines,
    line_excerpt,
    needed,
    numbered_logical,
    text_lines,
)
from chahe.wording import Text

_SOURCE = Setting(
    "setting_source",
    Text(
        "這個檔案的名稱，同一主機有多個 PAM 檔時用來區分", "the file's name, to tell several PAM files of a host apart"
    ),
)
_MODULES: Mapping[str, frozenset[str]] = {
    "pam_pwquality": frozenset({"minlen", "minclass", *CREDITS}),
    "pam_cracklib": frozenset({"minlen", "minclass", *CREDITS}),
    "pam_unix": frozenset({"minlen"}),
    "pam_faillock": LOCKOUT,
    "pam_tally2": LOCKOUT,
    "pam_tally": LOCKOUT,
}
_CONF_KEYS = frozenset({"minlen", "minclass", *CREDITS}) | LOCKOUT
_STACK = re.compile(
    r"\s*-?(auth|account|password|session)\s+(\[[^\]]*\]|required|requisite|sufficient|optional|include|substack)\s+(\S+)(.*)",
    re.IGNORECASE | re.DOTALL,
)
_INCLUDE = re.compile(r"\s*@include\s+\S+\s*")
_CONF = re.compile(r"\s*([a-z_]+)\s*(?:=\s*(.*))?", re.DOTALL)
_CONF_HINT = re.compile(r"#?\s*(minlen|minclass|dcredit|difok|deny|unlock_time|fail_interval|even_deny_root)\s*(=.*)?")

_CONTINUED = Text("接續到下一行", "goes on in the next line")
_SYNTAX = Text(
    "這一行不是 PAM 設定（類型 控制 模組 參數），也不是「名稱 = 值」；請確認檔案沒有改壞",
    "this line is neither PAM (type, control, module, arguments) nor `name = value`; check the file on the system",
)
_NUMBER = Text(
    "{name} 的值應為整數；請在系統上改正後重新匯出",
    "the value of {name} should be a whole number; correct it on the system and export it again",
)


def _recognise(head: Head) -> Match | None:
    joined = numbered_logical(Line(place, text) for place, text in enumerate(head_lines(head), 1))
    lines = [text.strip() for _, text in joined if text and text.strip()]
    rules = [line for line in lines if not line.startswith("#")]
    stack = [line for line in rules if len(line) < 2000 and (_STACK.fullmatch(line) or _INCLUDE.fullmatch(line))]
    if stack and len(stack) >= 0.8 * len(rules):
        return Match(85, "lines of a PAM stack")
    name = head.name.lower()
    named = "pwquality" in name or "faillock" in name
    if named and all(_CONF.fullmatch(line) for line in rules) and any(_CONF_HINT.fullmatch(line) for line in lines):
        return Match(85, "the settings of pwquality.conf or faillock.conf")
    return None


def _read(stream: BinaryIO, context: Context) -> Iterator[Unit]:
    system = needed(context, SYSTEM)
    found = Settings()
    lines = whole(_fates(text_lines(stream), found))
    source = context.settings.get(_SOURCE.name, "").strip() or found.source()
    # Credits and lengths depend on each other across lines, so the columns come from all of them together.
    yield from policy(lines, system=system, source=source, values=columns(found))


def _fates(lines: Iterator[Line], found: Settings) -> Iterator[Part | Skip | Reject]:
    for held, text in numbered_logical(lines):
        *before, last = held
        for line in before:
            yield Skip(line.place, _CONTINUED) if line.text is not None else Reject(line.place, line.why)
        if text is None:
            yield Reject(last.place, last.why)
        else:
            yield aside(Line(last.place, text)) or _fate(last.place, text, found)


def _fate(place: int, text: str, found: Settings) -> Part | Skip | Reject:
    stack = _STACK.fullmatch(text)
    if stack is not None:
        module = stack[3].rsplit("/", 1)[-1].removesuffix(".so").lower()
        arguments = stack[4].split("#", 1)[0].split()
        pairs = [tuple(argument.split("=", 1)) for argument in arguments if "=" in argument]
        keys = _MODULES.get(module, frozenset())
        if module == "pam_cracklib" and stack[1].lower() == "password":
            found.cracklib = True
        return _settings(place, module, [(name, value) for name, value in pairs if name in keys], found)
    if _INCLUDE.fullmatch(text):
        return Skip(place, OTHER)
    conf = _CONF.fullmatch(text)
    if conf is None:
        return Reject(place, _SYNTAX)
    name = conf[1]
    source = "faillock.conf" if name in LOCKOUT else "pwquality.conf"
    value = (conf[2] or "").split("#", 1)[0].strip()
    return _settings(place, source, [(name, value)] if name in _CONF_KEYS else [], found)


def _settings(place: int, source: str, pairs: list[tuple[str, str]], found: Settings) -> Part | Skip | Reject:
    if not pairs:
        return Skip(place, OTHER)
    numbers: dict[str, int] = {}
    for name, value in pairs:
        if not re.fullmatch(r"-?[0-9]{1,9}" if name in CREDITS else r"[0-9]{1,9}", value):
            column = "lockout_attempts" if name in LOCKOUT else "min_length" if name == "minlen" else "min_classes"
            return Reject(place, _NUMBER.fill(name=name), column, value[:40])
        numbers[name] = int(value)
    found.add(source, numbers)
    return Part(place, {})


reader = RecordReader(
    name="pam_policy",
    title=Text("Linux PAM 密碼規則與鎖定設定", "Linux PAM password rules and lock-out"),
    version=1,
    tables=("password_policies",),
    recognise=_recognise,
    read=_read,
    settings=(SYSTEM, _SOURCE),
    excerpt=line_excerpt(),
)
