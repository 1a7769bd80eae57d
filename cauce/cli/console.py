"""How the terminal speaks: Spanish sentences, bars for long work, problems without tracebacks."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import translation
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from cauce.kernel.problems import Problem, Problems

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def say(text: object) -> None:
    out.print(str(text), markup=False)


def say_problem(problem: Problem | Problems) -> None:
    """What happened, why and what to do, on standard error."""
    with translation.override("es"):
        for each in problem if isinstance(problem, Problems) else (problem,):
            err.print(f"✗ {each.sentence}", style="red", markup=False)
            if each.advice:
                err.print(f"  {each.advice}", markup=False)


def say_disk_error(error: OSError) -> bool:
    """Say a full disk or a missing right in words; False when the error is something else."""
    texts = {
        errno.ENOSPC: "El disco está lleno: no se escribió nada a medias.\n  Libere espacio y repita el mandato.",
        errno.EACCES: f"No hay permiso para usar {error.filename}.\n  Revise el dueño y los permisos de esa carpeta.",
        errno.EROFS: f"El disco de {error.filename} es de solo lectura.",
        errno.ENOENT: f"No existe {error.filename}.\n  Revise la ruta.",
    }
    if error.errno not in texts:
        return False
    err.print(f"✗ {texts[error.errno]}", style="red", markup=False)
    return True


@contextmanager
def bar(title: str, total: int | None = None) -> Iterator:
    """A progress bar; yields a function that is told how many are done (and of how many)."""
    progress = Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=err
    )
    with progress:
        task = progress.add_task(title, total=total)

        def tell(done: int, of: int | None = None, what: str | None = None) -> None:
            progress.update(
                task, completed=done, **({"total": of} if of else {}), **({"description": what} if what else {})
            )

        yield tell
