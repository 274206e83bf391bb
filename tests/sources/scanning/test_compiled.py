"""Compiled functions, wherever their code can or cannot be kept."""

import importlib
import sys
from pathlib import Path
from types import ModuleType

import pytest
from numba.core import caching

from chahe.sources.scanning.compiled import compiled


def twice(number: int) -> int:
    return number * 2


def test_it_compiles_where_nothing_can_be_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caching.CacheImpl, "_locator_classes", [])
    assert compiled(twice)(21) == 42


def made(folder: Path, name: str, text: str) -> ModuleType:
    folder.joinpath(f"{name}.py").write_text(text)
    sys.modules.pop(name, None)
    importlib.invalidate_caches()
    return importlib.import_module(name)


def test_what_is_kept_is_stale_when_a_function_it_calls_changed_in_its_own_module(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    head = "from chahe.sources.scanning.compiled import compiled\n"
    inner = head + "@compiled\ndef many(number):\n    return number * {}\n"
    outer = head + "from inner_one import many\n@compiled\ndef more(number):\n    return many(number) + 1\n"
    made(tmp_path, "inner_one", inner.format(2))
    assert made(tmp_path, "outer_one", outer).more(20) == 41
    again = made(tmp_path, "outer_one", outer).more
    assert again(20) == 41
    assert sum(again.stats.cache_hits.values()) == 1
    made(tmp_path, "inner_one", inner.format(3))
    assert made(tmp_path, "outer_one", outer).more(20) == 61
