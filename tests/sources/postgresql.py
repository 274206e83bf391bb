"""A PostgreSQL server of the tests' own: made in a temporary folder, reached through a socket there, gone afterwards."""

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
PASSWORD = "correct horse"  # noqa: S105 - of a server that lives for seconds


@contextlib.contextmanager
def server(options: str = "", log: Path | None = None) -> Iterator[str]:
    """Start a cluster and give the URL of its database; PostgreSQL refuses to run as root, so then it runs as nobody.

    `options` are more of the server's command line; what it logged is copied to the folder `log` once it has stopped.
    """
    programs = PROGRAMS[-1].parent
    folder = Path(tempfile.mkdtemp(prefix="chahe-pg-"))
    other = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
    password = folder / "password"
    password.write_text(PASSWORD)
    if other:
        for path in (folder, password):
            os.chown(path, other.pw_uid, other.pw_gid)

    def run(program: str, *arguments: str) -> None:
        subprocess.run(  # noqa: S603 - the server's own programs, by their full path
            [programs / program, "-D", folder / "data", *arguments],
            check=True, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            user=other.pw_uid if other else None, group=other.pw_gid if other else None, extra_groups=[] if other else None,
        )  # fmt: skip

    try:
        run("initdb", "-U", "auditor", "-A", "scram-sha-256", f"--pwfile={password}", "-E", "UTF8", "--no-locale", "-N")
        run(
            "pg_ctl",
            "start",
            "-w",
            "-l",
            str(folder / "log"),
            "-o",
            f"-k {folder} -c listen_addresses='' -c fsync=off {options}",
        )
        try:
            yield f"postgresql+psycopg://auditor:{PASSWORD.replace(' ', '%20')}@/postgres?host={folder}"
        finally:
            run("pg_ctl", "stop", "-w", "-m", "fast" if log else "immediate")
            if log:
                for path in (folder / "data" / "log").iterdir():
                    shutil.copy(path, log / path.name)
    finally:
        shutil.rmtree(folder)
