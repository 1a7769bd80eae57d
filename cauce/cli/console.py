"""How the terminal speaks: Spanish sentences, bars for long work, problems without tracebacks."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import translation
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from cauce.kernel import disk
from cauce.kernel.problems import Problem, Problems

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def say(text: object) -> None:
    out.print(str(text), markup=False)


def say_problem(problem: Problem | Problems) -> None:
    """What happened, why and what to do, on standard error."""
    with translation.override("es"):
        for each in problem if isinstance(problem, Problems) else (problem,):
            _say_refusal(each.sentence, each.advice)


def say_disk_error(error: OSError) -> None:
    """Say a full disk, a missing right or whatever else the system refused, in words."""
    place = error.filename or ""
    texts = {
        errno.ENOSPC: ("El disco está lleno: no se escribió nada a medias.", "Libere espacio y repita el mandato."),
        errno.EDQUOT: ("La cuota de disco está llena: no se escribió nada a medias.", "Libere espacio y repita."),
        errno.EACCES: (f"No hay permiso para usar {place}.", "Revise el dueño y los permisos de esa carpeta."),
        errno.EPERM: (f"No hay permiso para usar {place}.", "Revise el dueño y los permisos de esa carpeta."),
        errno.EROFS: (f"El disco de {place} es de solo lectura.", "Elija otra carpeta."),
        errno.ENOENT: (f"No existe {place}.", "Revise la ruta."),
        errno.ENOTDIR: (f"{place} no es una carpeta.", "Revise la ruta."),
        errno.EISDIR: (f"{place} es una carpeta, no un archivo.", "Indique el archivo."),
    }
    sentence, advice = texts.get(error.errno or 0, (f"El sistema no lo permitió: {error.strerror or error}.", ""))
    _say_refusal(sentence, advice)


def say_database_error(error: Exception) -> None:
    """Say that the database does not answer, is full or is not there; never what was being written."""
    text = str(error).lower()
    if disk.is_full(error):
        _say_refusal(
            "El disco de la base de datos está lleno: no se escribió nada a medias.", "Libere espacio y repita."
        )
    elif "locked" in text:
        _say_refusal("Otro proceso ocupa la base de datos.", "Espere a que termine y repita el mandato.")
    elif "malformed" in text or "not a database" in text:
        _say_refusal("La base de datos está dañada.", "Restaure el último respaldo: cauce restore ARCHIVO")
    elif "no such table" in text or "does not exist" in text:
        _say_refusal("Aquí todavía no hay una instalación.", "Use «cauce setup» para crear una.")
    else:
        _say_refusal(f"La base de datos no responde ({type(error).__name__}).", "Compruébelo con: cauce doctor")


def say_forbidden() -> None:
    _say_refusal("Esa cuenta no tiene permiso para hacerlo.", "Indique con --as una cuenta cuya función lo permita.")


def say_settings(error: Exception) -> None:
    _say_refusal(str(error), "")


def agreed(question: str) -> bool:
    """Whether somebody at the terminal says yes, in Spanish or English; silence is a no."""
    try:
        answer = input(f"{question} [s/N] ")
    except EOFError:
        return False
    return answer.strip().lower() in {"s", "si", "sí", "y", "yes"}


def _say_refusal(sentence: str, advice: str) -> None:
    err.print(f"✗ {sentence}", style="red", markup=False)
    if advice:
        err.print(f"  {advice}", markup=False)


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
