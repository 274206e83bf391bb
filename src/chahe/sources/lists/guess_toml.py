"""A proposed mapping as a source for chahe.toml, with what is left for a person to say."""

import json
import re
from collections.abc import Mapping, Sequence

from chahe.sources.lists.guess import Guess

_SECRET = re.compile(r"pass|pwd|secret|token|key|cookie|密碼", re.IGNORECASE)


def as_toml(made: Guess, name: str, path: str) -> str:
    """The source; fields that look like secrets are named without their values."""
    lines = [
        "[[source]]",
        f"name = {_quoted(name)}",
        f"paths = [{_quoted(path)}]",
        "[source.map]",
        f'table = "{made.table.name}"',
    ]
    if made.form != "pairs":
        lines.append(f'form = "{made.form}"')
    if made.separator is not None:
        lines.append(f"separator = {_quoted(made.separator)}")
    lines.append(f"columns = {_inline({column: _fields(told) for column, told in made.columns.items()})}")
    if made.values:
        words = {
            column: _inline({word: _quoted(meant) for word, meant in known.items()})
            for column, known in made.values.items()
        }
        lines.append(f"values = {_inline(words)}")
    if made.patterns:
        lines.append(f"patterns = {_inline({column: _quoted(pattern) for column, pattern in made.patterns.items()})}")
    return "\n".join([*lines, *_remarks(made)]) + "\n"


def _remarks(made: Guess) -> list[str]:
    """What a person has to look at, as comments."""
    found = []
    unknown = [
        f"{column} {_quoted(word)}"
        for column, known in made.values.items()
        for word, meant in known.items()
        if not meant
    ]
    if unknown:
        found.append(
            f"# 請填入意義，留空即視為沒有值 (say what these mean; empty means no value): {', '.join(unknown)}"
        )
    if made.lacking:
        found.append(f"# 必填但找不到 (required, not found): {', '.join(column.name for column in made.lacking)}")
    if made.unused:
        shown = ", ".join(
            _key(name) if _SECRET.search(name) else f"{_key(name)}={_quoted(value[:24])}"
            for name, value in made.unused.items()
        )
        found.append(f"# 未採用的欄位 (fields not used): {shown}")
    return found


def _fields(told: Sequence[str]) -> str:
    if any(part != "".join(part.split()) for part in told):
        return f"[{', '.join(_quoted(part) for part in told)}]"
    return _quoted(" ".join(told))


def _inline(pairs: Mapping[str, str]) -> str:
    return "{ " + ", ".join(f"{_key(key)} = {value}" for key, value in pairs.items()) + " }"


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _quoted(key)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")
