"""All controls, found by walking the chapters; a module that cannot be imported fails loudly."""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import MappingProxyType

import chahe.controls
from chahe.controls.model import Control


@cache
def controls() -> Mapping[str, Control]:
    """Every control by id, in alphabetical order."""
    found = {control.id: control for chapter in chapters() for control in _of_chapter(chapter).values()}
    return MappingProxyType(dict(sorted(found.items())))


@cache
def chapters() -> tuple[str, ...]:
    """The folder names of the chapters."""
    return tuple(module.name for module in iter_modules(chahe.controls.__path__) if module.ispkg)


OWN = "own"
"""The chapter of a firm's own controls, which stand in no folder of ours."""


def chapter_of(control: Control) -> str:
    """The chapter a control stands in; `OWN` for a control of the firm's own."""
    return next((chapter for chapter in chapters() if control.id in _of_chapter(chapter)), OWN)


def cases_of(control: Control) -> Path:
    """The Markdown file of a control's cases, beside its module."""
    return Path(chahe.controls.__path__[0], chapter_of(control), f"{control.id.replace('-', '_')}.md")


@cache
def _of_chapter(chapter: str) -> Mapping[str, Control]:
    package = import_module(f"chahe.controls.{chapter}")
    found: dict[str, Control] = {}
    for module_info in iter_modules(package.__path__):
        control = import_module(f"{package.__name__}.{module_info.name}").control
        if not isinstance(control, Control) or control.id.replace("-", "_") != module_info.name:
            raise ValueError(
                f"controls/{chapter}/{module_info.name}.py must declare a control with the id of its file name"
            )
        found[control.id] = control
    return MappingProxyType(found)
