"""A server whose worker is killed, for lack of memory say, goes on serving."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from cauce.cli.tests.terminal import ROOT, environment


def children(parent: int) -> set[int]:
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, ppid = stat.read_text().rpartition(")")[2].split()[:2]
        except OSError:
            continue
        if int(ppid) == parent and state != "Z":
            found.add(int(stat.parent.name))
    return found


def answers(port: int, seconds: float = 90) -> bool:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=30) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are found under /proc")
def test_a_killed_worker_is_replaced(installation):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "cauce.cli", "serve", "--port", str(port), "--workers", "1"]
    server = subprocess.Popen(
        command, env=environment(installation.home), cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        assert answers(port)
        (worker,) = children(server.pid)
        os.kill(worker, signal.SIGKILL)
        assert answers(port)
        assert server.poll() is None
        assert children(server.pid).isdisjoint({worker})
    finally:
        server.terminate()
        server.wait(30)
