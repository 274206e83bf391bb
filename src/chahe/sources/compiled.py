"""Functions over bytes and arrays compiled to machine code (Numba). No reader of its own.

Importing this module imports Numba, which takes a while: modules with compiled functions are imported when a log is read.
"""

from collections.abc import Callable
from typing import TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., object])


def compiled(function: Function) -> Function:
    """The function compiled on its first call, the result kept beside the module or in Numba's cache folder.

    Where no such folder can be written it is compiled anew in each process. It runs without the interpreter's lock.
    What a kept function calls must stand in its own file: only that file is looked at to tell whether it is stale.
    """
    try:
        return cast(Function, numba.njit(cache=True, nogil=True)(function))
    except RuntimeError:  # "no locator available": nowhere to keep it
        return cast(Function, numba.njit(nogil=True)(function))
