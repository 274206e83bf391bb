"""The steps that several commands take: open a workspace, ingest it, audit it."""

import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from chahe.cli import exits
from chahe.cli.screen import Failure, Screen
from chahe.wording import Lang, Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chahe.controls.model import Control
    from chahe.engine.binding import Span
    from chahe.engine.ingest import Ingest
    from chahe.engine.outcome import Outcome
    from chahe.engine.own import Own
    from chahe.engine.record import AuditRecord
    from chahe.engine.store import Store
    from chahe.workspace import Workspace


def open_here(folder: Path, lang: Lang, *, to_write: bool = False, new: bool = True) -> "tuple[Workspace, Store]":
    """The workspace in a folder, and its store; `to_write` makes its vault where there is none.

    Without `new` it is opened for reading where there is no vault, or no key to write to it with.

    Raises Failure where chahe.toml is absent or wrong, or the vault is not what its key signed.
    """
    from chahe.engine.vaults import can_write, store_to_read, store_to_write
    from chahe.vault.errors import VaultError

    workspace = workspace_here(folder, lang)
    try:
        if to_write and (new or can_write(workspace)):
            return workspace, store_to_write(workspace, at_us=now_us(), random=os.urandom)
        return workspace, store_to_read(workspace)
    except VaultError as error:
        raise vault_failure(error, lang) from error
    except _store_errors(workspace) as error:
        said = " ".join(str(error).split())[:200]
        where = workspace.vault_settings.storage
        raise Failure(
            Text(
                f"無法使用證據庫所在的 {where}：{said}；請確認位址、網路與 AWS_… 環境變數",
                f"the vault's place {where} cannot be used: {said}; check its address, the network and the AWS_… variables",
            ),
            lang,
            code=exits.BROKEN,
        ) from error


def _store_errors(workspace: "Workspace") -> tuple[type[Exception], ...]:
    """What an object store raises, where the vault is in one."""
    if workspace.vault_settings.storage is None:
        return ()
    from obstore.exceptions import BaseError

    return (BaseError, OSError)


def workspace_here(folder: Path, lang: Lang) -> "Workspace":
    """The workspace in a folder, its vault not touched. Raises Failure where chahe.toml is absent or wrong."""
    from chahe.workspace import BadWorkspace, open_workspace

    try:
        return open_workspace(folder)
    except BadWorkspace as error:
        raise Failure(error.text, lang) from error


def vault_failure(error: Exception, lang: Lang) -> Failure:
    """What is wrong with the vault, in words."""
    from chahe.cli.sealed_files import why_closed
    from chahe.cli.unusable_secrets import secret_failure, token_failure
    from chahe.engine.vaults import NoTokens
    from chahe.vault.errors import Destroyed, Unopenable
    from chahe.vault.signing.pkcs11_uri import TokenFailure
    from chahe.vault.signing.secret_files import UnusableSecret

    if isinstance(error, UnusableSecret):
        return secret_failure(error, lang)
    if isinstance(error, TokenFailure):
        return token_failure(error, lang)
    if isinstance(error, NoTokens):
        return Failure(Text("要使用權杖，請先安裝 pip install 'chahe[pkcs11]'", str(error)), lang)
    if isinstance(error, (Unopenable, Destroyed)):
        return Failure(why_closed(error), lang)
    return Failure(
        Text(
            f"證據庫無法使用：{error}。請先執行 chahe vault verify；金鑰與還原的說明見 docs/security.md",
            f"the vault cannot be used: {error}. Run chahe vault verify; docs/security.md tells of keys and of restoring",
        ),
        lang,
        code=exits.BROKEN,
    )


def now_us() -> int:
    """The moment, in microseconds since 1970 UTC. Only commands ask the clock."""
    return int(datetime.now(UTC).timestamp() * 1_000_000)


def ingest_all(screen: Screen, workspace: "Workspace", store: "Store") -> "Ingest":
    """Load what is not loaded yet, showing the file being read."""
    from chahe.engine.ingest import ingest
    from chahe.sources.catalogue import readers
    from chahe.vault.errors import Unopenable

    words = {
        "reading": Text("讀取", "reading"),
        "loaded": Text("完成", "loaded"),
        "known": Text("已載入過", "known"),
        "refused": Text("拒絕", "refused"),
    }
    try:
        return ingest(
            workspace,
            store,
            readers(),
            now_us=now_us(),
            environment=os.environ,
            progress=lambda path, stage: screen.progress(f"{words[stage](screen.lang)} {path}"),
        )
    except Unopenable as error:
        raise vault_failure(error, screen.lang) from error
    except OSError as error:
        where = error.filename or store.folder
        raise Failure(
            Text(
                f"無法寫入證據庫 {where}：{error.strerror}；請確認磁碟空間與資料夾權限",
                f"the store {where} cannot be written: {error.strerror}; check disk space and the folder's permissions",
            ),
            screen.lang,
            code=exits.BROKEN,
        ) from error
    finally:
        screen.progress_done()


def span_of(
    workspace: "Workspace", store: "Store", as_of: date | None, begin: date | None, until: date | None, lang: Lang
) -> "Span":
    """The audited day and period: as asked, or the newest loaded day and the months of chahe.toml before it."""
    from chahe.engine.binding import Span
    from chahe.engine.ready import newest_day
    from chahe.rules.periods import Period, earliest_within

    day = as_of or newest_day(store.loads())
    if day is None:
        raise Failure(
            Text("還沒有載入任何紀錄；請先執行 chahe ingest", "nothing is loaded yet; run chahe ingest first"), lang
        )
    last = until or day
    first = begin or earliest_within(last, Period(months=workspace.months)) + timedelta(days=1)
    if not first <= last <= day:
        raise Failure(
            Text(
                f"期間不合理：從 {first} 到 {last}，基準日 {day}；起日不得晚於迄日，迄日不得晚於基準日",
                f"the period makes no sense: from {first} until {last}, as of {day}; from ≤ until ≤ as-of is required",
            ),
            lang,
        )
    return Span(day, first, last)


def audit_all(
    screen: Screen,
    workspace: "Workspace",
    store: "Store",
    span: "Span",
    *,
    only: tuple[str, ...] = (),
    engine_url: str = "duckdb",
    canaries: bool = False,
) -> "AuditRecord":
    """Run the controls, showing which one runs; with `canaries`, breaches are planted for trial beside what they examine.

    Raises Failure for what the caller can mend.
    """
    from chahe.engine.audit import Request, audit
    from chahe.engine.engines import open_engine
    from chahe.engine.ingest import unloaded
    from chahe.rules.parameter import RefusedParameter

    known = every_control(workspace.folder, screen.lang)
    refuse_unknown({*only, *workspace.parameters}, set(known), screen.lang)
    chosen = [control for name, control in known.items() if not only or name in only]

    def progress(control: "Control", outcome: "Outcome | None") -> None:
        if outcome is None:
            screen.progress(f"{control.title(screen.lang)} …")

    scratch = workspace.folder / "vault" / "scratch"
    scratch.mkdir(parents=True, exist_ok=True)
    unread = unloaded(workspace, store.loads())
    try:
        with open_engine(engine_url, scratch=scratch) as engine:
            request = Request(
                workspace=workspace,
                store=store,
                controls=chosen,
                span=span,
                unread=unread,
                cache=workspace.audits / "results",
                canaries=_cases(workspace.folder, chosen, screen.lang) if canaries else {},
            )
            return audit(engine, request, progress)
    except RefusedParameter as error:
        raise Failure(error.text, screen.lang) from error
    except (ValueError, ImportError) as error:
        raise Failure(Text(f"無法使用 --engine：{error}", f"--engine cannot be used: {error}"), screen.lang) from error
    finally:
        screen.progress_done()


def _cases(folder: Path, chosen: "Sequence[Control]", lang: Lang) -> "Mapping[str, Path]":
    """The cases of each control, ours and the firm's own."""
    from chahe.controls.catalogue import cases_of, controls

    own = own_here(folder, lang)
    return {one.id: cases_of(one) if one.id in controls() else own[one.id].cases for one in chosen}


def keep_audit(workspace: "Workspace", store: "Store", record: "AuditRecord") -> Path:
    """Write the audit's record into the workspace, and tell the log of it where there is one to be written."""
    from chahe.engine.runs import keep

    if store.journal is not None:
        store.journal.audit(record, at_us=now_us())
    return keep(workspace.audits, record)


def latest_audit(workspace: "Workspace", lang: Lang) -> "AuditRecord":
    """The audit that was kept last. Raises Failure where there is none."""
    from chahe.engine.runs import latest

    record = latest(workspace.audits)
    if record is None:
        raise Failure(
            Text("還沒有查核過；請先執行 chahe audit", "nothing was audited yet; run chahe audit first"), lang
        )
    return record


def exit_code(record: "AuditRecord") -> int:
    """What an audit's outcomes mean for the shell: errors first, then deficiencies, then what could not be told."""
    from chahe.engine.outcome import Outcome

    if record.failed or record.canaries_failed:
        return exits.BROKEN
    if record.count(Outcome.DEFICIENT):
        return exits.DEFICIENT
    return exits.UNEVIDENCED if record.count(Outcome.UNEVIDENCED) else exits.FINE


def every_control(folder: Path, lang: Lang) -> "Mapping[str, Control]":
    """The catalogue's controls and the firm's own, by id. Raises Failure where one of its own is refused."""
    from chahe.controls.catalogue import controls

    return {**controls(), **{name: own.control for name, own in own_here(folder, lang).items()}}


def own_here(folder: Path, lang: Lang) -> "Mapping[str, Own]":
    """The firm's own controls in a workspace, checked. Raises Failure that names every fault."""
    from chahe.engine.own import RefusedControls, own_controls

    try:
        return own_controls(folder)
    except RefusedControls as error:
        zh = "\n  ".join(text.zh for text in error.texts)
        en = "\n  ".join(text.en for text in error.texts)
        raise Failure(
            Text(
                f"公司自訂的控制點有誤，什麼都沒有執行；請修正後再執行一次，以 chahe controls --check 檢查：\n  {zh}",
                f"controls of the firm's own are at fault and nothing was run; mend them and check with chahe controls --check:\n  {en}",
            ),
            lang,
        ) from error


def refuse_unknown(asked: set[str], known: set[str], lang: Lang) -> None:
    from difflib import get_close_matches

    for name in sorted(asked - known):
        near = get_close_matches(name, known, n=1)
        hint = (
            Text(f"；是否為 {near[0]}？", f"; did you mean {near[0]}?")
            if near
            else Text("；以 chahe controls 列出全部", "; chahe controls lists them all")
        )
        raise Failure(Text(f"沒有名為 {name} 的控制點{hint.zh}", f"there is no control {name}{hint.en}"), lang)
