"""All derivations, found by walking this folder; a module that cannot be imported fails loudly."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType

import chahe.derivations
from chahe.derivations.model import Condensation, Derivation
from chahe.evidence.model import Shape


@cache
def derivations() -> Mapping[str, Derivation | Condensation]:
    """Every module's `derivation`, by the name of the table it makes. ValueError where that table is not a derived one."""
    found: dict[str, Derivation | Condensation] = {}
    for module_info in iter_modules(chahe.derivations.__path__):
        module = import_module(f"chahe.derivations.{module_info.name}")
        derivation = getattr(module, "derivation", None)
        if isinstance(derivation, Derivation | Condensation):
            if derivation.table.shape is not Shape.DERIVED:
                raise ValueError(f"derivations/{module_info.name}.py makes {derivation.table.name}, which is loaded")
            found[derivation.table.name] = derivation
    return MappingProxyType(found)
