"""A firm's own controls: the folder `controls` of its workspace, in the form of ours, checked as ours are."""

import importlib.util
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from chahe.controls.catalogue import controls
from chahe.controls.model import Control
from chahe.engine.casebook import BadCase, Case, read_cases
from chahe.engine.house import Cased, faults, module_faults
from chahe.wording import Text

FOLDER = "controls"


class RefusedControls(Exception):
    """Controls of the firm's own that cannot be taken: each with its place, what is wrong and what to do."""

    def __init__(self, texts: tuple[Text, ...]) -> None:
        super().__init__("; ".join(text.en for text in texts))
        self.texts = texts


@dataclass(frozen=True, slots=True)
class Own:
    """One control of the firm's own, and where its cases are."""

    control: Control
    cases: Path


def own_controls(folder: Path) -> Mapping[str, Own]:
    """The controls below `controls` of a workspace, by id; the folder may be absent. Their cases are run, too.

    A module there is Python, and is run with the rights of whoever runs Chahe. Raises RefusedControls.
    """
    found: dict[str, Own] = {}
    wrong: list[Text] = []
    for path in sorted((folder / FOLDER).glob("*.py")):
        taken, texts = _taken(path)
        wrong += [_placed(path.relative_to(folder), text) for text in texts]
        if taken is not None and not texts:
            found[taken.control.id] = taken
    for path in sorted((folder / FOLDER).glob("*.md")):
        if not path.with_suffix(".py").exists():
            text = Text(f"沒有同名的模組 {path.stem}.py", f"there is no module {path.stem}.py of that name")
            wrong.append(_placed(path.relative_to(folder), text))
    if wrong:
        raise RefusedControls(tuple(wrong))
    return found


def _taken(path: Path) -> tuple[Own | None, list[Text]]:
    """The control of a module, and everything that is wrong with it."""
    wrong = _written(path)
    if wrong:
        return None, wrong
    control = _run(path)
    if isinstance(control, Text):
        return None, [control]
    wrong = list(_misnamed(control, path))
    cases = path.with_suffix(".md")
    read = _read(cases)
    if wrong or isinstance(read, Text):
        return None, wrong + ([read] if isinstance(read, Text) else [])
    return Own(control, cases), faults(Cased(control, read))


def _written(path: Path) -> list[Text]:
    """What is wrong with a module's text."""
    try:
        return list(module_faults(path.read_text("utf-8")))
    except SyntaxError as error:
        line = error.lineno or 0
        return [Text(f"第 {line} 行不是有效的 Python：{error.msg}", f"line {line} is not valid Python: {error.msg}")]
    except (OSError, UnicodeDecodeError) as error:
        return [Text(f"無法讀取：{error}", f"it cannot be read: {error}")]


def _misnamed(control: Control, path: Path) -> Iterator[Text]:
    if control.id.replace("-", "_") != path.stem:
        wanted = path.stem.replace("_", "-")
        yield Text(
            f"id 是 {control.id}；應與檔名相同（{wanted}）",
            f"its id is {control.id}; it must be that of the file ({wanted})",
        )
    if control.id in controls():
        yield Text(
            f"{control.id} 是 Chahe 目錄已有的控制點；請改用別的 id 與檔名",
            f"{control.id} is a control of Chahe's catalogue; give it another id and file name",
        )


def _read(cases: Path) -> list[Case] | Text:
    """The cases of a file, or in words why there are none."""
    try:
        read = read_cases(cases)
    except FileNotFoundError:
        read = []
    except (BadCase, UnicodeDecodeError) as error:
        return Text(f"案例無法讀取：{error}", f"its cases cannot be read: {error}")
    return read or Text(
        f"沒有案例；請在 {cases.name} 寫出每種結果的案例（見 docs/write-a-control.md）",
        f"it has no cases; write one for each outcome into {cases.name} (docs/write-a-control.md)",
    )


def _run(path: Path) -> Control | Text:
    """The value `control` of a module, or in words why there is none."""
    spec = importlib.util.spec_from_file_location(f"chahe_own.{path.stem}", path)
    if spec is None or spec.loader is None:
        raise AssertionError("a .py file has a loader")
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except Exception as error:  # noqa: BLE001 - whatever somebody's module raises, it is refused and said, and the run goes no further
        lines = [frame.lineno for frame in _frames(error) if frame.filename == str(path)]
        line = lines[-1] if lines else 0
        words = f"{type(error).__name__}: {error}"
        return Text(f"第 {line} 行執行時發生錯誤：{words}", f"line {line} broke when it was run: {words}")
    control = getattr(module, "control", None)
    if not isinstance(control, Control):
        return Text("沒有宣告 control = Control(…)", "it declares no control = Control(…)")
    return control


def _frames(error: BaseException) -> traceback.StackSummary:
    return traceback.extract_tb(error.__traceback__)


def _placed(path: Path, text: Text) -> Text:
    return Text(f"{path.as_posix()}：{text.zh}", f"{path.as_posix()}: {text.en}")
