"""Everything an edition is handed out as, made from what was frozen; nothing half-done is ever seen."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cauce import keys
from cauce.editions import archive, exports, printing, webpage
from cauce.editions.composing import Standing, compose
from cauce.editions.document import Document
from cauce.editions.enums import State
from cauce.editions.models import Edition
from cauce.editions.values import Values
from cauce.kernel.problems import Problem

PNG_PPI = 144
# File → what it is; the order of the public page's list of downloads.
OUTPUTS = {
    "infographic.pdf": _("PDF accesible"),
    "infographic.png": _("Imagen"),
    "index.html": _("Página"),
    "figures.csv": _("Cifras (CSV con etiquetas HXL)"),
    "breakdowns.csv": _("Desgloses (CSV con etiquetas HXL)"),
    "figures.json": _("Cifras y desgloses (JSON)"),
    "figures.xlsx": _("Libro de cálculo"),
    "edition-public.zip": _("Archivo para comprobar (parte pública)"),
    "edition.zip": _("Archivo completo (parte pública y hechos cifrados)"),
}
# A build takes seconds; what is older was left by a process that died.
STALE_SECONDS = 3600
RESTRICTED = frozenset({"edition.zip"})


def values_of(edition: Edition) -> Values:
    return Values.from_json(edition.frozen.payload)


def standing_of(edition: Edition) -> Standing:
    published = edition.published_at
    return Standing(
        fingerprint=keys.fingerprint(),
        published=timezone.localdate(published) if published else None,
        draft=edition.state in {State.DRAFT, State.IN_REVIEW, State.APPROVED},
        withdrawn=edition.state == State.WITHDRAWN,
        address=f"/ediciones/publicadas/{edition.name}/",
    )


def document_of(edition: Edition) -> Document:
    """The print document, as it stands today: a draft and a withdrawn edition say so on every page."""
    return compose(values_of(edition), standing_of(edition))


def moment_of(values: Values) -> datetime:
    """The moment every file of the edition carries: when its data were frozen."""
    return datetime.fromisoformat(values.about.frozen_at)


def build_outputs(edition: Edition, out: Path, *, progress: Callable[[str], None] = lambda _name: None) -> list[Path]:
    """Write every output into ``out``, replacing what stood there in one step.

    A process killed in the middle, or a full disk, leaves the folder as it was. Returns the files.
    """
    out = Path(out).resolve()
    out.parent.mkdir(parents=True, exist_ok=True)
    _sweep(out)
    building = Path(tempfile.mkdtemp(prefix=f".{out.name}.", suffix=".partial", dir=out.parent))
    try:
        for name, data in _contents(edition, progress):
            with (building / name).open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        building.chmod(0o755)
        _swap(building, out)
    except OSError as error:
        shutil.rmtree(building, ignore_errors=True)
        raise Problem(
            "editions.not_written",
            _("No se pudieron escribir los archivos de la edición en %(folder)s: %(why)s."),
            fix=_("Libere espacio o revise los permisos y repita; lo que había sigue como estaba."),
            folder=out,
            why=error.strerror or type(error).__name__,
        ) from error
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise
    return sorted(out.iterdir())


def _sweep(out: Path) -> None:
    """Remove what a killed build left beside its place; put back what it had moved aside."""
    old = time.time() - STALE_SECONDS
    for left in out.parent.glob(f".{out.name}.*"):
        if left.suffix == ".before" and not out.exists():
            left.rename(out)
        elif left.suffix in {".partial", ".before"} and left.stat().st_mtime < old:
            shutil.rmtree(left, ignore_errors=True)


def _swap(building: Path, out: Path) -> None:
    """Put the finished folder in place; the one before is removed only afterwards."""
    before = building.with_suffix(".before")
    if out.exists():
        out.rename(before)
    building.rename(out)
    shutil.rmtree(before, ignore_errors=True)


def _contents(edition: Edition, progress: Callable[[str], None]):
    values, standing = values_of(edition), standing_of(edition)
    document = compose(values, standing)
    printed = document.to_json()
    with translation.override(values.about.language):
        pages = printing.png(printed, ppi=PNG_PPI)
        makers: dict[str, Callable[[], bytes]] = {
            "infographic.pdf": lambda: printing.pdf(printed, moment_of(values)),
            "infographic.png": lambda: pages[0],
            **{f"infographic-{number}.png": (lambda page=page: page) for number, page in enumerate(pages[1:], start=2)},
            "index.html": lambda: webpage.standalone(values, document, standing=standing, links=_links()),
            "figures.csv": lambda: exports.figures_csv(values),
            "breakdowns.csv": lambda: exports.breakdowns_csv(values),
            "figures.json": lambda: exports.figures_json(values),
            "figures.xlsx": lambda: exports.workbook(values),
            "edition-public.zip": lambda: archive_of(edition, restricted=False),
            "edition.zip": lambda: archive_of(edition, restricted=True),
        }
        for name, make in makers.items():
            progress(name)
            yield name, make()


def _links() -> list[dict[str, str]]:
    """Files beside ``index.html``; the restricted archive is not offered to the public."""
    return [
        {"url": name, "label": str(label), "note": name}
        for name, label in OUTPUTS.items()
        if name not in RESTRICTED and name != "index.html"
    ]


def archive_of(edition: Edition, *, restricted: bool) -> bytes:
    """The signed archive; without ``restricted`` the facts stay at home."""
    values = values_of(edition)
    document = document_of(edition)
    members = {
        archive.VALUES: edition.frozen.payload.encode(),
        archive.DOCUMENT: document.to_json().encode(),
        archive.FIGURES: exports.figures_csv(values),
        archive.BREAKDOWNS: exports.breakdowns_csv(values),
        archive.README: _readme(values).encode(),
    }
    if restricted:
        members[archive.FACTS] = bytes(edition.frozen.facts)
    return archive.pack(members, _about(edition))


def _about(edition: Edition) -> dict[str, object]:
    """Who asked, who approved and when: accounts by number and role as they stand in the log, no names."""
    return {
        "edition": edition.name,
        "title": edition.title,
        "state": edition.state,
        "frozen_hash": edition.frozen_hash,
        "drafted_by": edition.recorded_by,
        **{
            name: getattr(edition, name) and getattr(edition, name).isoformat()
            for name in ("requested_at", "approved_at", "published_at")
        },
        **{name: getattr(edition, name) for name in ("requested_by", "approved_by", "published_by")},
    }


def _readme(values: Values) -> str:
    return gettext(
        "%(title)s, edición %(name)s\n\n"
        "public/values.json      valores, definiciones, textos y diseño\n"
        "public/document.json    el documento impreso\n"
        "public/figures.csv      cifras con etiquetas HXL\n"
        "public/breakdowns.csv   desgloses con etiquetas HXL\n"
        "restricted/facts        hechos congelados, cifrados (solo en el archivo completo)\n"
        "manifest.json           huella SHA-256 de cada miembro\n"
        "manifest.sig            firma Ed25519 del manifiesto\n\n"
        "Para comprobarlo: cauce edition verify edition.zip\n"
    ) % {"title": values.about.title, "name": values.about.name}


def published_folder(edition: Edition) -> Path:
    """Where the installation keeps a published edition's files."""
    return Path(settings.CAUCE_EDITIONS) / str(edition.pk)


def output(edition: Edition, name: str) -> Path:
    """One file of a published edition, built when it is not there yet (a restored backup, a new machine)."""
    folder = published_folder(edition) / edition.state
    if not (folder / name).is_file():
        build_outputs(edition, folder)
    return folder / name
