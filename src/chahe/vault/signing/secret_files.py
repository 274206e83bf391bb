"""Files with keys and PINs: made so that their owner alone can read them, and refused where anybody else could have."""

import errno
import os
import stat
from contextlib import suppress
from enum import Enum
from pathlib import Path

from chahe.vault.errors import VaultError

_MODE = 0o600
_MOST = 4096


class Fault(Enum):
    """Why a secret's file is not used."""

    MISSING = "there is no such file"
    EXISTS = "something is there already, and a secret is never written over"
    UNREADABLE = "it cannot be read or written"
    LINK = "it is a link; name the file itself"
    NO_FILE = "it is no regular file, or has further names (hard links)"
    OWNER = "it belongs to another user"
    MODE = "others than its owner may use it; its mode must be 0600"
    FOLDER = "everybody may write to its folder, or the folder belongs to another user"
    MALFORMED = "it does not hold what it should"


class UnusableSecret(VaultError):
    """A file with a key or a PIN is absent, unsafe, or holds something else. The message never has a byte of what it holds."""

    def __init__(self, path: Path, fault: Fault, detail: str = "") -> None:
        super().__init__(f"{path}: {fault.value}" + (f" ({detail})" if detail else ""))
        self.path = path
        self.fault = fault
        self.detail = detail


def is_made(path: Path) -> bool:
    """Is there something, other than the empty file that a crash leaves between making a secret's file and writing it?"""
    try:
        return not _is_left(path.lstat())
    except FileNotFoundError:
        return False


def _is_left(found: os.stat_result) -> bool:
    return stat.S_ISREG(found.st_mode) and not found.st_size and found.st_uid == os.geteuid()


def write_secret(path: Path, data: bytes) -> None:
    """A new file with this content. Raises UnusableSecret; a file that is there already, and not empty, stays as it is."""
    _check_folder(path)
    try:
        if path.exists() and not is_made(path):
            path.unlink()
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, _MODE)
    except FileExistsError as error:
        raise UnusableSecret(path, Fault.EXISTS) from error
    except OSError as error:
        raise UnusableSecret(path, Fault.UNREADABLE, error.strerror or "") from error
    try:
        try:
            os.fchmod(handle, _MODE)
            # At once: whoever is killed leaves all of it, or an empty file.
            if os.write(handle, data) != len(data):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(handle)
        finally:
            os.close(handle)
        _sync(path.parent)
    except OSError as error:
        # Half a key would stand in the way of the next attempt and sign nothing.
        with suppress(OSError):
            path.unlink()
        raise UnusableSecret(path, Fault.UNREADABLE, error.strerror or "") from error


def read_secret(path: Path) -> bytes:
    """The first 4,096 bytes of a file, if nobody but its owner could have read or changed it. Raises UnusableSecret."""
    _check_folder(path)
    try:
        # Not waiting: a pipe of that name must not hold us up. The checks speak of the opened file, not of the name.
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError as error:
        raise UnusableSecret(path, Fault.MISSING) from error
    except OSError as error:
        fault = Fault.LINK if path.is_symlink() else Fault.UNREADABLE
        raise UnusableSecret(path, fault, error.strerror or "") from error
    try:
        _check_file(path, os.fstat(handle))
        return os.read(handle, _MOST)
    finally:
        os.close(handle)


def _check_folder(path: Path) -> None:
    try:
        folder = path.parent.stat()
    except OSError as error:
        raise UnusableSecret(path, Fault.MISSING, error.strerror or "") from error
    # Whoever may write to the folder can put another file in the key's place.
    if folder.st_mode & stat.S_IWOTH or folder.st_uid not in (0, os.geteuid()):
        raise UnusableSecret(path, Fault.FOLDER, f"mode {stat.S_IMODE(folder.st_mode):04o}")


def _check_file(path: Path, found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode) or found.st_nlink != 1:
        raise UnusableSecret(path, Fault.NO_FILE)
    if found.st_uid != os.geteuid():
        raise UnusableSecret(path, Fault.OWNER, f"user {found.st_uid}")
    if stat.S_IMODE(found.st_mode) & ~_MODE:
        raise UnusableSecret(path, Fault.MODE, f"it is {stat.S_IMODE(found.st_mode):04o}")


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
