"""The same audit on a Spark cluster of several processes and through Spark Connect: the same digest as on DuckDB."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pyspark
import pytest

from workspaces import FIREWALLS_CSV, Small, fortigate_line

STARTING_S = 180
"""A server on a busy machine takes its time; this only bounds the wait for one that never comes."""


@pytest.fixture
def small(tmp_path: Path) -> Small:
    made = Small(tmp_path)
    made.write("fg.log", "".join(fortigate_line(number) for number in range(200)))
    made.write("firewalls.csv", FIREWALLS_CSV)
    made.ingest()
    return made


@pytest.fixture
def connect_server(tmp_path: Path) -> Iterator[str]:
    """The address of a Spark Connect server of our own, on the loopback."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    submit = Path(pyspark.__file__).parent / "bin" / "spark-submit"
    command = [
        *(str(submit), "--master", "local[1]", "--class", "org.apache.spark.sql.connect.service.SparkConnectServer"),
        *("--conf", f"spark.connect.grpc.binding.port={port}", "--conf", "spark.driver.bindAddress=127.0.0.1"),
        *("--conf", "spark.ui.enabled=false", "spark-internal"),
    ]
    server = subprocess.Popen(  # noqa: S603 - Spark's own program
        command,
        cwd=tmp_path,
        env={**os.environ, "SPARK_LOCAL_IP": "127.0.0.1"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(STARTING_S * 4):
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.25)
        yield f"sc://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def audited(small: Small, engine: str) -> dict[str, object]:
    """The record of an audit by the command, in a process of its own: a process holds one kind of Spark session."""
    words = ["audit", "-w", str(small.folder), "--json", "--engine", engine, "--from", "2026-11-01"]
    words += ["--control", "firewall-log-retention", "--control", "firewall-log-gaps"]
    told = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "chahe", *words], capture_output=True, text=True, check=False
    )
    assert told.stdout, told.stderr[-2000:]
    record: dict[str, object] = json.loads(told.stdout)
    return record


def test_a_cluster_of_processes_gives_the_digest_of_duckdb(small: Small) -> None:
    assert audited(small, "local-cluster[1,1,1024]")["digest"] == audited(small, "duckdb")["digest"]


def test_spark_connect_gives_the_digest_of_duckdb(small: Small, connect_server: str) -> None:
    record = audited(small, connect_server)

    assert record["engine"] == connect_server
    assert record["digest"] == audited(small, "duckdb")["digest"]
