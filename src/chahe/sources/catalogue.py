"""All readers, found by walking the families of this folder; a module that cannot be imported fails loudly."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from importlib.abc import SourceLoader
from importlib.util import find_spec
from pkgutil import iter_modules
from types import MappingProxyType

import chahe.sources
from chahe.sources.model import LineReader, Reader, RecordReader


@cache
def readers() -> Mapping[str, Reader]:
    """Every reader by name, in alphabetical order."""
    found: dict[str, Reader] = {}
    for name in _modules():
        reader = getattr(import_module(name), "reader", None)
        if isinstance(reader, LineReader | RecordReader):
            if reader.name != name.rpartition(".")[2]:
                raise ValueError(f"{name} declares a reader named {reader.name!r}")
            found[reader.name] = reader
    return MappingProxyType(dict(sorted(found.items())))


def module_of(reader: str) -> str:
    """The module that declares a reader. KeyError for none."""
    return {name.rpartition(".")[2]: name for name in _modules()}[reader]


def _modules() -> Iterator[str]:
    """The modules that declare readers, in the families they stand in.

    What readers are made of is imported when it reads: compiled scanners bring Numba, which takes seconds.
    """
    for family in iter_modules(chahe.sources.__path__, "chahe.sources."):
        if family.ispkg:
            for module in iter_modules(import_module(family.name).__path__, f"{family.name}."):
                if _declares_a_reader(module.name):
                    yield module.name


def _declares_a_reader(name: str) -> bool:
    found = find_spec(name)
    source = found.loader.get_source(found.name) if found and isinstance(found.loader, SourceLoader) else None
    return source is None or "\nreader = " in source
