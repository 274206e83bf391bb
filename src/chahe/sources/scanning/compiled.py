"""Functions over bytes and arrays compiled to machine code (Numba). No reader of its own.

Importing this module imports Numba, which takes a while: modules with compiled functions are imported when a log is read.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

import numba
from numba.core.dispatcher import Dispatcher

Function = TypeVar("Function", bound=Callable[..., object])


def compiled(function: Function) -> Function:
    """The function compiled on its first call, the result kept beside the module or in Numba's cache folder.

    Where no such folder can be written it is compiled anew in each process. It runs without the interpreter's lock.
    It may call compiled functions that its module imports. A constant it uses must stand in its own module: a kept
    result is stale when the text of that module changed, or of one whose compiled functions that module imports.
    """
    return cast(Function, _compiled(function, {}))


def inlined(function: Function) -> Function:
    """A compiled function that is put into those that call it, and makes no arrays: much quicker for what is called for each line.

    Elsewhere each call counts who holds the arrays it is handed, which takes longer than looking at a few bytes of them.
    """
    return cast(Function, _compiled(function, {"_nrt": False, "forceinline": True}))


def _compiled(function: Any, options: Mapping[str, Any]) -> Any:  # noqa: ANN401 - Numba declares not all of its options
    try:
        kept = numba.njit(cache=True, nogil=True, **options)(function)
    except RuntimeError:  # "no locator available": nowhere to keep it
        return numba.njit(nogil=True, **options)(function)
    _stamp_with(kept, function.__globals__)
    return kept


def _stamp_with(kept: Any, known: Mapping[str, object]) -> None:  # noqa: ANN401 - what is asked of it Numba does not declare
    """Numba looks at the function's own file alone; what is compiled into it from others must count as well."""
    others = (
        value for value in known.values() if isinstance(value, Dispatcher) and value.__module__ != kept.__module__
    )
    stamps = {str(stamp) for stamp in map(_stamp, others) if stamp is not None}
    kept._cache._cache_file._source_stamp = (_stamp(kept), *sorted(stamps))  # noqa: SLF001 - Numba has no other way to say it


def _stamp(made: Any) -> object:  # noqa: ANN401 - as above
    """By what a kept result is known to be of this text; None for a function whose result is not kept."""
    return getattr(getattr(made._cache, "_cache_file", None), "_source_stamp", None)  # noqa: SLF001 - as above
