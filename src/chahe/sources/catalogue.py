"""All readers, found by walking this folder; a module that cannot be imported fails loudly."""

from collections.abc import Mapping
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
    for module_info in iter_modules(chahe.sources.__path__):
        # What readers are made of is imported when it reads: compiled scanners bring Numba, which takes seconds.
        if not _declares_a_reader(module_info.name):
            continue
        module = import_module(f"chahe.sources.{module_info.name}")
        reader = getattr(module, "reader", None)
        if isinstance(reader, LineReader | RecordReader):
            if reader.name != module_info.name:
                raise ValueError(f"sources/{module_info.name}.py declares a reader named {reader.name!r}")
            found[reader.name] = reader
    return MappingProxyType(found)


def _declares_a_reader(name: str) -> bool:
    found = find_spec(f"chahe.sources.{name}")
    source = found.loader.get_source(found.name) if found and isinstance(found.loader, SourceLoader) else None
    return source is None or "\nreader = " in source
