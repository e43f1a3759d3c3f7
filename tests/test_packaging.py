"""The recipes and the table of licences name every dependency of pyproject.toml."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def plain(name: str) -> str:
    """Return the name of a package as all of them write it, without extras and versions."""
    return re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", name)[0]).lower()


REQUIRED = {plain(one) for one in PROJECT["dependencies"]}
EXTRAS = {plain(one) for extra in ("images", "serve") for one in PROJECT["optional-dependencies"][extra]}


def test_the_recipe_for_arch_has_every_dependency() -> None:
    text = (ROOT / "packaging/aur/PKGBUILD").read_text("utf-8")
    depends = re.search(r"^depends=\((.*?)\)", text, re.M | re.S)
    optional = re.search(r"^optdepends=\((.*?)\n\)", text, re.M | re.S)
    assert depends and optional
    names = {plain(one.removeprefix("python-")) for one in depends[1].split()} - {"python"}
    assert names == {one if one != "pyyaml" else "yaml" for one in REQUIRED}
    assert {plain(one) for one in re.findall(r"'python-([\w-]+):", optional[1])} == EXTRAS


def test_the_recipe_for_nixpkgs_has_every_dependency() -> None:
    text = (ROOT / "packaging/nixpkgs/package.nix").read_text("utf-8")
    listed = re.search(r"with python3Packages;\s*\[(.*?)\]", text, re.S)
    assert listed
    assert {plain(one) for one in listed[1].split()} == REQUIRED


@pytest.mark.parametrize("recipe", ["aur/PKGBUILD", "nixpkgs/package.nix"])
def test_a_recipe_has_the_version_of_the_program(recipe: str) -> None:
    from tuireader import __version__

    assert re.search(
        rf'(pkgver=|version = "){re.escape(__version__)}\b', (ROOT / "packaging" / recipe).read_text()
    )


def test_every_dependency_has_a_licence_and_a_reason() -> None:
    licences = (ROOT / "docs/licences.md").read_text("utf-8")
    listed = {plain(one) for one in re.findall(r"^\| ([\w.-]+) \|", licences, re.M)}
    assert listed >= REQUIRED | EXTRAS
    assert "not stated" not in licences
    reasons = plain_words(ROOT / "docs/decisions/046-dependencies.md")
    assert [one for one in REQUIRED | EXTRAS if one not in reasons] == []


def plain_words(page: Path) -> set[str]:
    """Return the words of the tables of a page."""
    return {
        plain(one)
        for line in page.read_text("utf-8").splitlines()
        if line.startswith("|")
        for one in re.findall(r"[\w.-]+", line)
    }
