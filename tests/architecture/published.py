"""Who may know the published values: the planner that simulates towards them, and the tests that compare."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.reading import Violation, is_test

# The folder of a mission package that holds what was published, and a year's file in it.
FOLDER, FILE = "reference", "2022.csv"
MAY_READ = Path("cauce/simulator/planner.py")
# The module that hands the values on: who imports it knows the answer too.
KNOWS = "cauce.simulator.planner"


def reads_published(path: Path, source: str) -> Iterator[Violation]:
    """A text that names the folder of published values, whole or as one part of a path, outside who may."""
    if path == MAY_READ or is_test(path) or path.parts[0] != "cauce":
        return
    tree = ast.parse(source)
    docs = _docstrings(tree)
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in docs else None
        if isinstance(text, str) and _names(text):
            yield Violation(f"{path}:{node.lineno}", f"names the published values ({text!r})")
    yield from _imports(path, tree)


def _names(text: str) -> bool:
    parts = text.replace("\\", "/").split("/")
    return FOLDER in parts or FILE in parts


def _imports(path: Path, tree: ast.AST) -> Iterator[Violation]:
    if path.parts[:2] == ("cauce", "simulator"):
        return
    for node in ast.walk(tree):
        named = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            named = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        for name in named:
            if name == KNOWS:
                yield Violation(f"{path}:{node.lineno}", f"imports {name}, which knows the published values")


def _docstrings(tree: ast.AST) -> set[int]:
    owners = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    first = [node.body[0] for node in ast.walk(tree) if isinstance(node, owners) and node.body]
    return {id(each.value) for each in first if isinstance(each, ast.Expr)}
