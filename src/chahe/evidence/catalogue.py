"""All evidence tables, found by walking this folder; a module that cannot be imported fails loudly."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType

import chahe.evidence
from chahe.evidence.model import Table


@cache
def tables() -> Mapping[str, Table]:
    """Every declared evidence table by name, in alphabetical order."""
    found: dict[str, Table] = {}
    for module_info in iter_modules(chahe.evidence.__path__):
        module = import_module(f"chahe.evidence.{module_info.name}")
        table = getattr(module, "table", None)
        if isinstance(table, Table):
            if table.name != module_info.name:
                raise ValueError(f"evidence/{module_info.name}.py declares a table named {table.name!r}")
            found[table.name] = table
    return MappingProxyType(found)
