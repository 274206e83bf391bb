"""Where vaults lie, by the address that a person writes: a folder, or a bucket of an object store."""

import tempfile
from pathlib import Path

from chahe.vault.storing.local import LocalStorage
from chahe.vault.storing.storage import Storage

_BUCKET = "s3://"


def storage_at(address: str | Path) -> Storage:
    """A folder, or `s3://bucket/prefix` with the credentials, region and endpoint that `AWS_…` variables give.

    Raises ValueError for an address that names no bucket.
    """
    if not str(address).startswith(_BUCKET):
        return LocalStorage(Path(address))
    # Heavy to import, and few vaults lie in buckets.
    from obstore.store import S3Store  # noqa: PLC0415

    from chahe.vault.storing.s3 import S3Storage  # noqa: PLC0415

    return S3Storage(S3Store.from_url(str(address)), spool=Path(tempfile.gettempdir()))
