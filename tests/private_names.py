"""Finds where our code uses private names of the packages that it stands on."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

PACKAGES = ("textual", "rich", "tinydb")

OF_PYTHON = {"_replace", "_exit"}
"""Documented names of Python, of named tuples and ``os``."""


def used_in(path: Path, module: str) -> set[str]:
    """The private names of PACKAGES that ``module``, whose file is ``path``, imports, uses or overrides."""
    tree = ast.parse(path.read_text("utf-8"))
    own = {name for node in ast.walk(tree) if isinstance(node, ast.ClassDef) for name in _names_of(node)}
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom | ast.Import):
            found.update(filter(_is_private, _imported(node)))
        elif isinstance(node, ast.Attribute) and _is_private(node.attr):
            of_own = _is_self(node.value) or node.attr in own | OF_PYTHON
            if not of_own and node.attr in _words_of_packages():
                found.add(node.attr)
        elif isinstance(node, ast.ClassDef):
            found |= _inherited(node, module)
    return found


def _imported(node: ast.ImportFrom | ast.Import) -> Iterator[str]:
    """All parts of what is imported from PACKAGES."""
    names = [one.name for one in node.names]
    if isinstance(node, ast.ImportFrom):
        names = [f"{node.module}.{name}" for name in names]
    for name in names:
        if _package(name) in PACKAGES:
            yield from name.split(".")


def _inherited(node: ast.ClassDef, module: str) -> set[str]:
    """The private names of a class that one of its bases from PACKAGES has as well."""
    names = _names_of(node)
    if not names:
        return set()
    kind = getattr(import_module(module), node.name, None)
    bases = [base for base in getattr(kind, "__mro__", ()) if _package(base.__module__) in PACKAGES]
    return names & {
        name for base in bases for name in _names_of_module(base.__module__).get(base.__name__, ())
    }


@cache
def _names_of_module(module: str) -> dict[str, set[str]]:
    """Class → its private names, counted without those that it inherits."""
    file = sys.modules[module].__file__
    assert file is not None
    tree = ast.parse(Path(file).read_text("utf-8"))
    return {node.name: _names_of(node) for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}


def _names_of(kind: ast.ClassDef) -> set[str]:
    """The private names that stand in a class: methods, values, and what is used of ``self``."""
    found = {node.name for node in kind.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}
    for node in kind.body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        targets += [node.target] if isinstance(node, ast.AnnAssign) else []
        found.update(target.id for target in targets if isinstance(target, ast.Name))
    uses = (node for node in ast.walk(kind) if isinstance(node, ast.Attribute))
    found.update(node.attr for node in uses if _is_self(node.value))
    return set(filter(_is_private, found))


@cache
def _words_of_packages() -> frozenset[str]:
    """All words in the code of PACKAGES that begin with one underscore."""
    found: set[str] = set()
    for package in PACKAGES:
        spec = find_spec(package)
        assert spec is not None and spec.origin is not None
        for path in Path(spec.origin).parent.rglob("*.py"):
            found.update(re.findall(r"\b_[a-z]\w*", path.read_text("utf-8")))
    return frozenset(found)


def _is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__") and name != "_"


def _is_self(node: ast.expr) -> bool:
    """Whether it is ``self``, ``cls`` or ``super()``."""
    if isinstance(node, ast.Call):
        return isinstance(node.func, ast.Name) and node.func.id == "super"
    return isinstance(node, ast.Name) and node.id in ("self", "cls")


def _package(module: str) -> str:
    return module.partition(".")[0]
