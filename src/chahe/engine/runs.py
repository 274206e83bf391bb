"""Audits on disk: each by its digest, and which one was last."""

from pathlib import Path

from chahe.engine.record import AuditRecord

_LATEST = "latest"


def keep(folder: Path, record: AuditRecord) -> Path:
    """Write an audit under `<as-of>-<digest>.json` and make it the latest; its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{record.as_of}-{record.digest[:12]}.json"
    _write(path, record.to_json())
    _write(folder / _LATEST, path.name.encode())
    return path


def latest(folder: Path) -> AuditRecord | None:
    """The audit that was kept last; None if there is none."""
    try:
        name = (folder / _LATEST).read_text("utf-8")
    except FileNotFoundError:
        return None
    return AuditRecord.from_json((folder / name).read_bytes())


def _write(path: Path, data: bytes) -> None:
    draft = path.with_suffix(".draft")
    draft.write_bytes(data)
    draft.replace(path)
