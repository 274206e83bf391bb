"""What every reader must obey, whatever its format: names, words, recognition, and that no unit is ever lost.

CHAHE_FUZZ_EXAMPLES (12 unless set) is how many inputs Hypothesis tries for each reader; 2000 makes a night of it.
"""

import gzip
import os
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chahe.engine.streams import head, opener
from chahe.evidence.catalogue import tables
from chahe.evidence.model import Shape
from chahe.sources.catalogue import module_of, readers
from chahe.sources.model import Context, Head, LineReader, Match, Reader, Records
from chahe.sources.registry import Unrecognised, recognise
from chahe.wording import Text
from reading import NOON_2026_11_22, Reading, read, shared_data
from specimens import DECLARED, SECRET, SETTINGS, SPECIMENS, Specimen

EXAMPLES = int(os.environ.get("CHAHE_FUZZ_EXAMPLES", "12"))
READERS = sorted(readers())
EMPTYISH = (b"", b"\n", b" \r\n\t\r\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\x00" * 64, b"-", b"a", b"<a/>", b"{}", b"[]\n")
SAMPLE_FOLDERS = (
    "accounts",
    "auth_directory",
    "auth_linux",
    "auth_other",
    "calendar",
    "change_control",
    "chat_line",
    "directory_ldif",
    "firewall_config",
    "firewall_logs",
    "fix",
    "git_history",
    "registers",
    "system_config",
    "twse",
    "vuln_scan",
    "windows_events",
    "windows_evtx",
)


def reader_of(name: str) -> Reader:
    return readers()[name]


def set_up(reader: Reader) -> dict[str, str]:
    """The settings a reader cannot do without, and whose accounts they are where the file does not say."""
    if reader.name in SETTINGS:
        return dict(SETTINGS[reader.name])
    return {setting.name: "somewhere" for setting in reader.settings if setting.required or setting.name == "system"}


def run(name: str, data: bytes) -> Reading:
    reader = reader_of(name)
    return read(reader, data, **set_up(reader))


def both(text: Text) -> bool:
    return bool(text.zh.strip()) and bool(text.en.strip()) and any("一" <= letter <= "鿿" for letter in text.zh)


@pytest.mark.parametrize("name", READERS)
def test_its_name_title_tables_and_settings_are_said(name: str) -> None:
    reader = reader_of(name)

    assert reader.name == name
    assert reader.title.zh.strip()
    assert reader.title.en.strip()
    assert reader.version >= 1
    assert reader.tables or name in DECLARED
    assert all(table in tables() and tables()[table].shape is not Shape.DERIVED for table in reader.tables)
    assert all(setting.name.isidentifier() and both(setting.meaning) for setting in reader.settings)
    if isinstance(reader, LineReader):
        assert reader.reasons
        assert all(both(reason) for reason in reader.reasons.values())


@pytest.mark.parametrize("name", [name for name in READERS if name != "register_xlsx"])
def test_its_docstring_shows_the_format(name: str) -> None:
    """A workbook has no lines to show; every other format has."""
    document = import_module(module_of(name)).__doc__ or ""
    first, *others = document.split("\n")

    assert first.strip().endswith((".", "INF."))
    assert [line for line in others if line.startswith("    ") and line.strip()]


@pytest.mark.parametrize("name", READERS)
def test_its_raw_records_can_be_shown(name: str) -> None:
    """Lines are shown as they stand; every other format says how its records are."""
    reader = reader_of(name)
    if isinstance(reader, LineReader):
        return
    assert reader.excerpt is not None
    specimen = SPECIMENS[name]
    context = Context(observed_at_us=NOON_2026_11_22, settings=set_up(reader))
    units = [unit for unit in reader.read(BytesIO(specimen.data), context) if isinstance(unit, Records)]

    assert units
    for unit in units:
        shown = reader.excerpt(BytesIO(specimen.data), unit.place, unit.part)
        assert shown.strip(), unit.place
        assert SECRET not in shown
        for row in unit.rows:
            if name not in ("login_defs", "net_accounts", "pam_policy", "secedit_inf"):
                named = [
                    str(row.values[key]) for key in ("account", "host", "device", "person_id") if row.values.get(key)
                ]
                given = set_up(reader).values()
                assert all(value.lower() in shown.lower() or value in given for value in named), shown


def test_every_reader_has_a_specimen() -> None:
    assert sorted(SPECIMENS) == READERS


@pytest.mark.parametrize("name", READERS)
def test_its_specimen_is_its_own_and_gives_rows_without_secrets(name: str) -> None:
    specimen = SPECIMENS[name]
    reading = run(name, specimen.data)

    assert recognise(whole(specimen), readers(), name if name in DECLARED else None).reader.name == name
    assert reading.places_with_rows >= 1
    assert all(row in tables() for row in reading.rows)
    assert SECRET not in str(reading.rows)
    assert SECRET not in str([(reject.why, reject.value) for reject in reading.rejects])


@pytest.mark.parametrize("name", [name for name in READERS if name not in DECLARED])
def test_it_is_the_same_under_any_name_and_compressed(name: str) -> None:
    """Content tells, not names; only login.defs, whose names other programs use, too, needs its own."""
    specimen = SPECIMENS[name]
    named = Head("export.dat", specimen.data, whole=True)
    zipped = gzip.compress(specimen.data, mtime=0)
    unzipped = head(f"{specimen.name}.gz", opener(lambda: BytesIO(zipped)))

    assert recognise(unzipped, readers()).reader.name == name
    if name != "login_defs":
        assert recognise(named, readers()).reader.name == name


def whole(specimen: Specimen) -> Head:
    return Head(specimen.name, specimen.data, whole=True)


@pytest.mark.parametrize("data", EMPTYISH)
def test_nothing_is_nobodys(data: bytes) -> None:
    assert {
        name: match for name in READERS if (match := reader_of(name).recognise(Head("a.txt", data, whole=True)))
    } == {}


@pytest.mark.parametrize("folder", SAMPLE_FOLDERS)
def test_no_two_readers_are_equally_sure_of_a_sample(folder: str) -> None:
    """Also: every match says how sure it is within its bounds, and why."""
    for path in sorted(shared_data(folder).rglob("*")):
        if not path.is_file():
            continue
        seen = head(path.name, lambda path=path: path.open("rb"))  # type: ignore[misc]  # bound now
        matches = {name: match for name in READERS if (match := reader_of(name).recognise(seen)) is not None}
        assert all(1 <= match.sureness <= 100 and match.because for match in matches.values()), path
        best = max((match.sureness for match in matches.values()), default=0)
        winners = [name for name, match in matches.items() if match.sureness == best]
        assert len(winners) <= 1, (path.name, winners)


def scraps() -> st.SearchStrategy[bytes]:
    """Bytes, text, and lines made of what logs and lists are made of."""
    marks = st.sampled_from(
        [b"\n", b"\r\n", b"=", b",", b"|", b":", b"\x01", b'"', b"<", b">", b"\x00", b"\xa4\xa4", b" "]
    )
    return st.one_of(
        st.binary(max_size=400),
        st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
        st.lists(st.one_of(marks, st.binary(max_size=12)), max_size=60).map(b"".join),
        st.text(max_size=80).map(lambda text: text.encode("utf-16", "surrogatepass")),
    )


@st.composite
def damaged(draw: Callable[[st.SearchStrategy[object]], object], data: bytes) -> bytes:
    """A file cut, doubled, or with other bytes in it."""
    changed = bytearray(data)
    for _ in range(int(str(draw(st.integers(1, 4))))):
        begin = int(str(draw(st.integers(0, len(changed)))))
        end = min(len(changed), begin + int(str(draw(st.integers(0, 40)))))
        how = draw(st.sampled_from(["cut", "put", "double", "end"]))
        if how == "cut":
            del changed[begin:end]
        elif how == "put":
            changed[begin:end] = draw(scraps())  # type: ignore[assignment]  # hypothesis' draw is untyped
        elif how == "double":
            changed[begin:begin] = changed[begin:end]
        else:
            del changed[begin:]
    return bytes(changed)


@settings(max_examples=4 * EXAMPLES, deadline=None)
@given(data=scraps() | st.sampled_from(READERS).flatmap(lambda name: damaged(SPECIMENS[name].data)), cut=st.booleans())
def test_recognising_never_raises(data: bytes, cut: bool) -> None:
    seen = Head("secure.csv", data, whole=not cut)

    for name in READERS:
        match = reader_of(name).recognise(seen)
        assert match is None or (isinstance(match, Match) and 1 <= match.sureness <= 100 and match.because)
    with suppress(Unrecognised):
        assert recognise(seen, readers()).because


def whole_secrets(data: bytes, specimen: bytes) -> bool:
    """Do the secrets stand where they stood? Damage may make a part of one the value of a field that is no secret."""
    return {line for line in data.split(b"\n") if SECRET.encode()[:4] in line} <= set(specimen.split(b"\n"))


@pytest.mark.parametrize("name", READERS)
def test_reading_anything_loses_no_unit_and_raises_nothing(name: str) -> None:
    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(data=st.one_of(scraps(), damaged(SPECIMENS[name].data), damaged(SPECIMENS[name].data)))
    def reads(data: bytes) -> None:
        reading = run(name, data)
        places = {int(str(row["place"])) for rows in reading.rows.values() for row in rows}
        aside = [place for place, _ in reading.skips] + [reject.place for reject in reading.rejects]
        assert all(both(why) for _, why in reading.skips)
        assert all(both(reject.why) for reject in reading.rejects)
        if whole_secrets(data, SPECIMENS[name].data):
            assert SECRET not in str([(reject.why, reject.value) for reject in reading.rejects])
        if isinstance(reader_of(name), LineReader):
            assert sorted([*places, *aside]) == list(range(1, reading.units + 1))

    reads()


@pytest.mark.parametrize("name", READERS)
def test_the_same_bytes_read_twice_are_the_same(name: str) -> None:
    specimen = SPECIMENS[name]

    assert run(name, specimen.data) == run(name, specimen.data)
