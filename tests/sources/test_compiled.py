"""Compiled functions, wherever their code can or cannot be kept."""

import pytest
from numba.core import caching

from chahe.sources.compiled import compiled


def twice(number: int) -> int:
    return number * 2


def test_it_compiles_where_nothing_can_be_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caching.CacheImpl, "_locator_classes", [])
    assert compiled(twice)(21) == 42
