"""`chahe witness`: cosigns the checkpoints of others' vaults, as long as each grew out of the one before."""

import os
import signal
import sys
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from chahe.cli import exits
from chahe.cli.options import worded
from chahe.cli.screen import Failure, Screen
from chahe.cli.steps import now_us
from chahe.wording import Lang, Text

if TYPE_CHECKING:
    from chahe.vault.signing.keys import Signer
    from chahe.vault.signing.notes import VerifierKey

KEY, PUBLIC, RECORD = "witness.key", "witness.pub", "record"


class Address(click.ParamType[tuple[str, int]]):
    """HOST:PORT, or [HOST]:PORT where the host is an IPv6 address."""

    name = "host:port"

    def convert(
        self, value: str | tuple[str, int], param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, int]:
        if isinstance(value, tuple):
            return value
        host, _, port = value.rpartition(":")
        if not host or not port.isdecimal() or int(port) > 65_535:
            self.fail(f"{value} 不是 主機:埠號，例如 127.0.0.1:8350 (is no host:port)", param, ctx)
        return host.removeprefix("[").removesuffix("]"), int(port)


@click.command(help="見證：為別人的證據庫副署檢核點，分岔與倒退一律拒絕。 (witness others' vaults)")
@click.option(
    "--folder",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="金鑰與紀錄所在的資料夾 (folder of its key and record)",
)
@click.option(
    "--init", "make", is_flag=True, help="建立金鑰並印出驗證金鑰，不啟動 (make the key, print its verifier key)"
)
@click.option("--name", help="見證人的名稱，例如 witness.example/audit；建立金鑰時需要 (its name, with --init)")
@click.option(
    "--key",
    "token",
    metavar="URI",
    help="以權杖裡的金鑰代替檔案：pkcs11:token=…;object=…?module-path=…&pin-source=…，須一併指定 --name (a key in a token, with --name)",
)
@click.option(
    "--log-key",
    "log_keys",
    multiple=True,
    help="受見證證據庫的驗證金鑰，或存放它的檔案；可重複 (verifier key of a vault, or a file with it)",
)
@click.option(
    "--listen", type=Address(), default="127.0.0.1:8350", show_default=True, help="在何處接聽 (where to listen)"
)
@worded
def command(
    *,
    folder: Path,
    make: bool,
    name: str | None,
    token: str | None,
    log_keys: tuple[str, ...],
    listen: tuple[str, int],
    lang: Lang,
    as_json: bool,
) -> None:
    """Serves until it is stopped (Ctrl-C, SIGTERM), which is no failure."""
    from chahe.cli.unusable_secrets import secret_failure
    from chahe.vault.signing.secret_files import UnusableSecret

    screen = Screen(lang, as_json=as_json)
    if (make or token is not None) and name is None:
        raise Failure(
            Text(
                "請以 --name 指定見證人的名稱，例如 --name witness.example/audit",
                "say --name, as in --name witness.example/audit",
            ),
            lang,
        )
    try:
        with ExitStack() as stack:
            signer = _signer(stack, folder, token, name=name, make=make, lang=lang)
            if make:
                _tell_key(screen, folder, signer)
            else:
                _serve(screen, folder, signer, log_keys=log_keys, listen=listen)
    except UnusableSecret as error:
        raise secret_failure(error, lang) from error


def _signer(stack: ExitStack, folder: Path, token: str | None, *, name: str | None, make: bool, lang: Lang) -> "Signer":
    """The key in the folder or the token; in the folder it is made if that is asked for. A token is given back with the stack."""
    from chahe.vault.errors import Malformed
    from chahe.vault.signing.keys import make_key, read_key
    from chahe.vault.signing.notes import Algorithm

    try:
        if make:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if token is not None and name is not None:
            return _token_signer(stack, token, name=name, lang=lang)
        if make and name is not None:
            return make_key(folder / KEY, name, random=os.urandom, algorithm=Algorithm.COSIGNATURE)
        return read_key(folder / KEY)
    except Malformed as error:
        raise Failure(
            Text(
                f"--name 或 --key 不可用：{error.why}；名稱不得有空白與加號",
                f"--name or --key cannot be used: {error.why}; a name has no spaces and no pluses",
            ),
            lang,
        ) from error
    except OSError as error:
        raise _unwritable(folder, error, lang) from error


def _token_signer(stack: ExitStack, token: str, *, name: str, lang: Lang) -> "Signer":
    try:
        from chahe.vault.signing.pkcs11 import TokenSigner
    except ImportError as error:
        raise Failure(
            Text(
                "要使用權杖，請先安裝 pip install 'chahe[pkcs11]'",
                "to use a token, first pip install 'chahe[pkcs11]'",
            ),
            lang,
        ) from error
    from chahe.cli.unusable_secrets import token_failure
    from chahe.vault.signing.notes import Algorithm
    from chahe.vault.signing.pkcs11_uri import TokenFailure, TokenKey

    try:
        return stack.enter_context(TokenSigner(TokenKey.parse(token), name, Algorithm.COSIGNATURE))
    except TokenFailure as error:
        raise token_failure(error, lang) from error


def _tell_key(screen: Screen, folder: Path, signer: "Signer") -> None:
    try:
        (folder / PUBLIC).write_text(f"{signer.verifier_key}\n", "utf-8")
    except OSError as error:
        raise _unwritable(folder, error, screen.lang) from error
    screen.json({"name": signer.name, "verifier_key": str(signer.verifier_key), "folder": str(folder)})
    screen.say(
        Text(
            f"金鑰已就緒（{folder}）。把這一行驗證金鑰交給受見證的公司，寫進其 chahe.toml 的 [[vault.witness]]：",
            f"The key is ready ({folder}). Give this verifier key to the firm, for [[vault.witness]] in its chahe.toml:",
        )
    )
    screen.raw(str(signer.verifier_key))


def _serve(
    screen: Screen, folder: Path, signer: "Signer", *, log_keys: tuple[str, ...], listen: tuple[str, int]
) -> None:
    from chahe.vault.errors import Malformed
    from chahe.vault.storing.local import LocalStorage
    from chahe.vault.witnessing.witness import Witness
    from chahe.vault.witnessing.witness_server import WitnessServer

    logs: dict[str, list[VerifierKey]] = {}
    for key in [_log_key(said, screen.lang) for said in log_keys]:
        logs.setdefault(key.name, []).append(key)
    if not logs:
        raise Failure(
            Text("請以 --log-key 指定要見證的證據庫", "say with --log-key which vaults to witness"), screen.lang
        )
    try:
        witness = Witness(LocalStorage(folder / RECORD), signer, logs)
        server = WitnessServer(
            listen, witness, clock=lambda: now_us() // 1_000_000, monotonic=time.monotonic, report=_report
        )
    except Malformed as error:
        raise Failure(
            Text(f"金鑰的種類不符：{error.why}", f"a key is of the wrong kind: {error.why}"), screen.lang
        ) from error
    except OSError as error:
        where = f"{listen[0]}:{listen[1]}"
        raise Failure(
            Text(
                f"無法在 {where} 接聽：{error.strerror}；請以 --listen 換一個位址或埠號",
                f"cannot listen at {where}: {error.strerror}; choose another address or port with --listen",
            ),
            screen.lang,
            code=exits.BROKEN,
        ) from error
    with server:
        _started(screen, signer, logs, server.server_address)
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            screen.say(Text("已停止；紀錄都已保存", "Stopped; the record is kept"))


def _started(screen: Screen, signer: "Signer", logs: "dict[str, list[VerifierKey]]", address: object) -> None:
    host, port = address[:2] if isinstance(address, tuple) else ("", 0)
    url = f"http://[{host}]:{port}" if ":" in str(host) else f"http://{host}:{port}"
    screen.json({"listening": url, "verifier_key": str(signer.verifier_key), "logs": sorted(logs)})
    screen.say(
        Text(
            f"{signer.name} 在 {url} 為 {len(logs)} 個證據庫見證；按 Ctrl-C 停止。對外請以反向代理加上 TLS。",
            f"{signer.name} witnesses {len(logs)} vaults at {url}; Ctrl-C stops it. Towards the outside, put a proxy with TLS before it.",
        )
    )
    sys.stdout.flush()


def _log_key(said: str, lang: Lang) -> "VerifierKey":
    """A verifier key, or the one that stands in a file of that name."""
    from chahe.vault.errors import Malformed
    from chahe.vault.signing.notes import VerifierKey

    try:
        text = Path(said).read_text("utf-8").strip() if "+" not in said or Path(said).is_file() else said
        # Below the first line stand keys that sign no more.
        return VerifierKey.parse(text.partition("\n")[0])
    except (Malformed, OSError, UnicodeDecodeError) as error:
        raise Failure(
            Text(
                f"--log-key {said} 不是驗證金鑰，也不是存放它的檔案；格式為 名稱+編號+金鑰，公司的 vault.pub 就是",
                f"--log-key {said} is no verifier key and no file with one; the form is name+id+key, as in the firm's vault.pub",
            ),
            lang,
        ) from error


def _unwritable(folder: Path, error: OSError, lang: Lang) -> Failure:
    return Failure(Text(f"無法寫入 {folder}：{error.strerror}", f"{folder} cannot be written: {error.strerror}"), lang)


def _report(line: str) -> None:
    moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    sys.stderr.write(f"{moment} {line}\n")
    sys.stderr.flush()
