"""Reads the house's own code; each check is a function, so that a planted violation can prove it bites."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MAX_FILE, MAX_TEST_FILE, MAX_FUNCTION = 400, 600, 60
WRITES = {
    "save", "create", "bulk_create", "bulk_update", "update", "delete", "get_or_create", "update_or_create",
    "abulk_create", "asave", "acreate",
}  # fmt: skip


@dataclass(frozen=True)
class Violation:
    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


def python_files(root: Path = ROOT) -> Iterator[Path]:
    """Code and tests of the project, without migrations."""
    for top in ("cauce", "tests"):
        for path in sorted((root / top).rglob("*.py")):
            if "migrations" not in path.parts and "__pycache__" not in path.parts:
                yield path


def is_test(path: Path) -> bool:
    return "tests" in path.parts or path.name == "conftest.py"


def too_long(path: Path, source: str) -> Iterator[Violation]:
    """Files over the ceiling, functions over theirs (architecture.md)."""
    ceiling = MAX_TEST_FILE if is_test(path) else MAX_FILE
    lines = source.count("\n") + 1
    if lines - 1 > ceiling:
        yield Violation(str(path), f"{lines - 1} lines; the ceiling is {ceiling}. Make it a folder of the same name.")
    if is_test(path):
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > MAX_FUNCTION:
                yield Violation(
                    f"{path}:{node.lineno}", f"{node.name} has {length} lines; the ceiling is {MAX_FUNCTION}"
                )


def _may_write(path: Path) -> bool:
    """Who may write to the database: actions, the records' writing, the log, and what tests them."""
    parts = path.parts
    return (
        is_test(path)
        or path.name == "actions.py"
        or "actions" in parts
        or path.as_posix().endswith(("records/writing.py", "audit/log.py"))
    )


def writes_outside_actions(path: Path, source: str) -> Iterator[Violation]:
    """Calls that write through the ORM anywhere but in actions (design.md: only actions write)."""
    if _may_write(path) or "cauce" not in path.parts:
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            if node.func.attr in {"update", "delete", "save", "create"} and not _on_orm(node.func.value):
                continue
            yield Violation(f"{path}:{node.lineno}", f".{node.func.attr}() outside actions")


def _on_orm(value: ast.expr) -> bool:
    """Is this call made on a manager or queryset (``….objects…``)? dict.update and hash.update are not."""
    return any(isinstance(each, ast.Attribute) and each.attr == "objects" for each in ast.walk(value))


def looks_without_viewer(path: Path, source: str) -> Iterator[Violation]:
    """``X.objects`` in a view, a form or the desk without ``visible_to`` (a query without a viewer is an error)."""
    looked_at = path.name in {"views.py", "forms.py"} or "views" in path.parts or "desk" in path.parts
    if is_test(path) or not looked_at:
        return
    parents = {child: node for node in ast.walk(ast.parse(source)) for child in ast.iter_child_nodes(node)}
    for node in parents:
        if isinstance(node, ast.Attribute) and node.attr == "objects":
            parent = parents.get(node)
            if isinstance(parent, ast.Attribute) and parent.attr in {"visible_to", "visible_with_void_to"}:
                continue
            yield Violation(f"{path}:{node.lineno}", ".objects without .visible_to(viewer)")
