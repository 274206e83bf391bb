"""Object Lock of S3: retention per object, and deletion of all versions. By boto3, for obstore reaches neither.

Needs the extra `object-lock`, and a bucket made with Object Lock. In COMPLIANCE mode nobody can shorten a retention, not
even the account's root user; in GOVERNANCE mode whoever holds a permission for it can.
"""

from datetime import datetime
from typing import Literal, Protocol

from botocore.exceptions import ClientError

from chahe.vault.errors import Held

_LOCKED = frozenset({"AccessDenied", "ObjectLocked", "InvalidRequest"})


class Client(Protocol):
    """What is used of `boto3.client("s3")`, which has no types of its own."""

    def put_object_retention(self, *, Bucket: str, Key: str, Retention: dict[str, object]) -> object: ...  # noqa: N803 - boto3's names

    def list_object_versions(self, *, Bucket: str, Prefix: str, **more: str) -> dict[str, object]: ...  # noqa: N803 - boto3's names

    def delete_object(self, *, Bucket: str, Key: str, VersionId: str) -> object: ...  # noqa: N803 - boto3's names


class ObjectLocks:
    """`Locks` of a bucket. `prefix` is what obstore's store has, with no slash at its end, or empty."""

    def __init__(
        self, client: Client, bucket: str, *, prefix: str = "", mode: Literal["COMPLIANCE", "GOVERNANCE"] = "COMPLIANCE"
    ) -> None:
        self._client = client
        self._bucket = bucket
        self._prefix = f"{prefix}/" if prefix else ""
        self._mode = mode

    def keep_until(self, key: str, until: datetime) -> None:
        """Lengthen the retention. Raises Held where the store refuses, as for a time before the one that is set."""
        retention: dict[str, object] = {"Mode": self._mode, "RetainUntilDate": until}
        try:
            self._client.put_object_retention(Bucket=self._bucket, Key=self._prefix + key, Retention=retention)
        except ClientError as error:
            raise _held(key, error) from error

    def delete(self, key: str) -> None:
        """Every version and marker of the key, the newest last, so that a refusal leaves the object in sight. Raises Held."""
        for version in reversed(self._versions(self._prefix + key)):
            try:
                self._client.delete_object(Bucket=self._bucket, Key=self._prefix + key, VersionId=version)
            except ClientError as error:
                raise _held(key, error) from error

    def _versions(self, name: str) -> list[str]:
        found, more = list[str](), dict[str, str]()
        while True:
            page = self._client.list_object_versions(Bucket=self._bucket, Prefix=name, **more)
            for kind in ("Versions", "DeleteMarkers"):
                listed = page.get(kind)
                for version in listed if isinstance(listed, list) else ():
                    if version["Key"] == name:
                        found.append(str(version["VersionId"]))
            if not page.get("IsTruncated"):
                return found
            more = {"KeyMarker": str(page["NextKeyMarker"]), "VersionIdMarker": str(page["NextVersionIdMarker"])}


def _held(key: str, error: ClientError) -> Exception:
    answer = error.response.get("Error", {})
    if answer.get("Code") in _LOCKED:
        return Held(f"the store keeps {key}: {answer.get('Message') or answer.get('Code')}")
    return OSError(f"{key}: {error}")
