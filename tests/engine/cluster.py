"""A Spark cluster of this machine: a master and workers, each a process, from the wheel alone."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pyspark

SPARK_CLASS = Path(pyspark.__file__).parent / "bin" / "spark-class"
PATIENCE = 120
SETTINGS = {
    "SPARK_LOCAL_IP": "127.0.0.1",
    "SPARK_CONF_DIR": str(Path(__file__).parent / "settings"),
    "SPARK_DAEMON_JAVA_OPTS": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
}
"""What a process of the cluster, and the program that uses it, find in their environment."""


@dataclass
class Cluster:
    """The address of the master, and what it has said so far."""

    address: str
    log: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def said(self, words: str) -> list[str]:
        return [line for line in self.log.read_text("utf-8").splitlines() if words in line]

    def wait_for(self, words: str, times: int) -> None:
        until = time.monotonic() + PATIENCE
        while len(self.said(words)) < times:
            ended = [one.args for one in self.processes if one.poll() is not None]
            assert not ended, f"a process of the cluster ended: {ended}\n{self.log.read_text()}"
            assert time.monotonic() < until, self.log.read_text("utf-8")
            time.sleep(0.2)


@contextmanager
def standing_alone(folder: Path, workers: int = 2) -> Iterator[Cluster]:
    """A cluster on the loopback; its processes are ended by their group."""
    cluster = Cluster(f"spark://127.0.0.1:{free_port()}", folder / "master.log")
    port = cluster.address.rsplit(":", 1)[1]
    place = ["--host", "127.0.0.1", "--webui-port", "0"]
    try:
        start(cluster, folder, "master.Master", *place, "--port", port)
        cluster.wait_for("I have been elected leader", 1)
        for number in range(workers):
            more = ["--cores", "1", "--memory", "1g", "--work-dir", str(folder / f"work-{number}")]
            start(cluster, folder, "worker.Worker", *place, *more, cluster.address)
        cluster.wait_for("Registering worker", workers)
        yield cluster
    finally:
        for one in reversed(cluster.processes):
            os.killpg(one.pid, signal.SIGKILL)
            one.wait()


def start(cluster: Cluster, folder: Path, role: str, *arguments: str) -> None:
    log = cluster.log if role.startswith("master") else folder / f"{len(cluster.processes)}.log"
    with log.open("wb") as said:
        cluster.processes.append(
            subprocess.Popen(
                [SPARK_CLASS, f"org.apache.spark.deploy.{role}", *arguments],
                stdout=said,
                stderr=subprocess.STDOUT,
                env={**os.environ, **SETTINGS},
                start_new_session=True,
            )
        )


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port
