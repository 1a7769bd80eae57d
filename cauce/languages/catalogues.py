"""The catalogues of the interface's texts: what the code says, what the catalogues say, and bringing both together.

Message ids are Spanish (``docs/adr/0001-spanish-message-ids.md``). :func:`texts_in_code` needs nothing but Python, so
that a test finds an untranslated text on any machine; ``script/messages`` runs this module, which needs GNU gettext.
"""

from __future__ import annotations

import ast
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
LOCALE = PACKAGE / "languages" / "locale"
IGNORED = ("*/tests/*", "*/static/*")

# Positions of context, singular and plural among the arguments of a function that marks texts.
_Positions = tuple[int | None, int, int | None]
_MARKS: dict[str, _Positions] = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
_TEMPLATE_CALL = re.compile(r"(?<!\w)(?:gettext|_|ngettext|pgettext|npgettext)\(")


@dataclass(frozen=True, order=True)
class Text:
    """One text to translate: its Spanish id, with the plural and the context when it has them."""

    id: str
    plural: str = ""
    context: str = ""


@dataclass(frozen=True)
class Entry:
    """One text of a catalogue with its translation: one form, or one for each plural form."""

    text: Text
    forms: tuple[str, ...]
    fuzzy: bool = False


class Unreadable(ValueError):
    """A marked text that is put together at run time, so that no catalogue can hold it."""


def texts_in_code(package: Path = PACKAGE) -> dict[Text, str]:
    """Every text marked for translation in the package's Python and templates → the first file that has it.

    Raises :class:`Unreadable` for a marked f-string or concatenation with variables.
    """
    found: dict[Text, str] = {}
    for path in sorted(package.rglob("*")):
        if path.suffix not in {".py", ".html", ".txt"} or {"tests", "static", "__pycache__"} & set(path.parts):
            continue
        name = path.relative_to(package).as_posix()
        source = path.read_text(encoding="utf-8")
        texts = texts_in_python(source, name) if path.suffix == ".py" else texts_in_template(source, name)
        for text in texts:
            found.setdefault(text, name)
    return found


def texts_in_python(source: str, name: str) -> Iterator[Text]:
    """The texts that calls of the gettext functions mark in Python source, under whatever name they were imported."""
    tree = ast.parse(source, name)
    marks = {**_MARKS, **{alias: _MARKS[function] for alias, function in _aliases(tree).items()}}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (text := _marked(node, name, marks)):
            yield text
        elif isinstance(node, ast.JoinedStr):
            _refuse_inside(node, name, marks)


def _refuse_inside(string: ast.JoinedStr, name: str, marks: dict[str, _Positions]) -> None:
    """gettext does not look into f-strings: a text marked inside one would stay Spanish."""
    for node in ast.walk(string):
        if isinstance(node, ast.Call) and _marked(node, name, marks):
            raise Unreadable(f"{name}, line {string.lineno}: a text is marked inside an f-string; name it before")


def _aliases(tree: ast.AST) -> dict[str, str]:
    """Names of this file's own for the gettext functions: ``{"lazy": "gettext_lazy"}``."""
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    names = [each for node in imports if node.module == "django.utils.translation" for each in node.names]
    return {each.asname: each.name for each in names if each.asname and each.name in _MARKS}


def _marked(call: ast.Call, name: str, marks: dict[str, _Positions]) -> Text | None:
    function = call.func
    called = function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")
    if called not in marks or (isinstance(function, ast.Attribute) and called not in _MARKS):
        return None
    context, singular, plural = marks[called]
    if len(call.args) <= singular:
        return None
    first = call.args[singular]
    if isinstance(first, (ast.JoinedStr, ast.BinOp)):
        raise Unreadable(f"{name}, line {call.lineno}: a text to translate is put together at run time")
    parts = [_constant(call.args, position) for position in (singular, plural, context)]
    return Text(*parts) if parts[0] else None  # _(variable) translates what was marked elsewhere


def _constant(arguments: list[ast.expr], position: int | None) -> str:
    if position is None or position >= len(arguments):
        return ""
    value = arguments[position]
    return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else ""


def texts_in_template(source: str, name: str) -> Iterator[Text]:
    """The texts of ``translate`` and ``blocktranslate``, read with Django's own converter for xgettext."""
    from django.utils.translation.template import templatize

    converted = templatize(source, origin=name)
    for match in _TEMPLATE_CALL.finditer(converted):
        # The converter writes gettext calls between padding; Python reads each call up to its bracket.
        call = _call_at(converted, match.start())
        if call is not None and (text := _marked(call, name, _MARKS)):
            yield text


def _call_at(converted: str, start: int) -> ast.Call | None:
    end = start
    while (end := converted.find(")", end) + 1) > 0:
        try:
            node = ast.parse(converted[start:end].strip(), mode="eval").body
        except SyntaxError:
            continue
        return node if isinstance(node, ast.Call) else None
    return None


def entries(path: Path) -> list[Entry]:
    """The entries of a ``.po`` file in their order, without its header. Raises ``ValueError`` for another file."""
    blocks = path.read_text(encoding="utf-8").strip().split("\n\n")
    read = [_entry(block.splitlines(), path) for block in blocks]
    return [entry for entry in read if entry.text.id]


def _entry(lines: list[str], path: Path) -> Entry:
    values: dict[str, str] = {}
    field = ""
    for line in lines:
        if line.startswith("#"):
            continue
        match = re.fullmatch(r'(?:(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?) )?(".*")', line)
        if match is None:
            raise ValueError(f"{path}: {line!r} does not belong in a catalogue")
        field = match[1] or field
        values[field] = values.get(field, "") + ast.literal_eval(match[2])
    text = Text(values.get("msgid", ""), values.get("msgid_plural", ""), values.get("msgctxt", ""))
    forms = tuple(values[key] for key in sorted(values) if key.startswith("msgstr"))
    return Entry(text, forms, fuzzy=any(line.startswith("#,") and "fuzzy" in line for line in lines))


def update() -> None:
    """Bring every catalogue in line with the code and compile it; the same code gives the same files, byte for byte."""
    from django.core.management import call_command
    from django.core.management.commands.makemessages import Command

    class Extract(Command):
        # A guess by likeness is never right enough to keep: a new text starts without translation.
        msgmerge_options = [*Command.msgmerge_options, "--no-fuzzy-matching"]
        xgettext_options = [*Command.xgettext_options, *_keywords()]

    os.chdir(PACKAGE)
    languages = sorted(path.name for path in LOCALE.iterdir() if path.is_dir())
    call_command(
        Extract(),
        locale=languages,
        add_location="file",
        no_wrap=True,
        no_obsolete=True,
        ignore_patterns=list(IGNORED),
        verbosity=0,
    )
    for language in languages:
        catalogue = LOCALE / language / "LC_MESSAGES" / "django.po"
        lines = catalogue.read_text(encoding="utf-8").splitlines(keepends=True)
        catalogue.write_text("".join(line for line in lines if not line.startswith('"POT-Creation-Date')), "utf-8")
    call_command("compilemessages", locale=languages, verbosity=0)


def _keywords() -> list[str]:
    """Options that tell xgettext the names under which the code imports the gettext functions."""
    options = set()
    for path in PACKAGE.rglob("*.py"):
        for alias, function in _aliases(ast.parse(path.read_text(encoding="utf-8"))).items():
            context, singular, plural = _MARKS[function]
            places = [f"{singular + 1}"]
            places += [f"{context + 1}c"] if context is not None else []
            places += [f"{plural + 1}"] if plural is not None else []
            options.add(f"--keyword={alias}:{','.join(places)}")
    return sorted(options)


def report() -> str:
    """How many texts each catalogue translates, one line a language."""
    lines = []
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")):
        read = entries(path)
        done = sum(all(entry.forms) for entry in read)
        lines.append(f"{path.parent.parent.name}: {done} of {len(read)} texts")
    return "\n".join(lines)


if __name__ == "__main__":
    import django

    django.setup()
    update()
    sys.stdout.write(report() + "\n")
