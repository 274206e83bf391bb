"""What ingest leaves in a store of a part, told of a part that a bench made itself: no raw file is behind it."""

from collections.abc import Mapping

from chahe.engine.loads import Load
from chahe.engine.store import Store


def tell(store: Store, name: str, rows: Mapping[str, int], *, source: str, reader: str, at_us: int) -> None:
    """The load of that name with so many rows by table, read whole at that moment (UTC microseconds)."""
    load = Load(
        load=name,
        source=source,
        path=f"{name}.csv",
        object=name,
        size=0,
        whole=name,
        whole_size=0,
        content=name,
        modified_ns=0,
        reader=reader,
        reader_version=1,
        settings={},
        zone="Asia/Taipei",
        observed_at_us=at_us,
        ingested_at_us=at_us,
        rows=dict(rows),
        units=sum(rows.values()),
        with_rows=sum(rows.values()),
        skips=0,
        rejects=0,
    )
    told = store.folder / "loads" / f"{name}.json"
    told.parent.mkdir(exist_ok=True)
    told.write_text(load.to_json(), "utf-8")
