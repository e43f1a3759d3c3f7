"""Prints a table of the licences of all packages that are installed with tuireader: ``make licences``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROGRAM = "tuireader"
EXTRAS = ("", "images", "serve")
PAGE = Path(__file__).resolve().parents[1] / "docs" / "licences.md"
_CLASSIFIER = "License :: OSI Approved :: "
_SHORT_NAMES = {
    "GNU General Public License v2 or later (GPLv2+)": "GPL-2.0-or-later",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.0-or-later",
    "Mozilla Public License 1.1 (MPL 1.1)": "MPL-1.1",
}
_LONGEST_NAME = 60
"""A longer licence field is the text of the licence, not its name."""


def requirements(package: Distribution, extras: tuple[str, ...] = ("",)) -> Iterator[Requirement]:
    """Yield what ``package`` requires on this machine, with the given extras."""
    for text in package.requires or ():
        requirement = Requirement(text)
        marker = requirement.marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in extras):
            yield requirement


def dependencies() -> dict[str, set[str]]:
    """Return the packages that are installed with the program, and for each those that require it."""
    needed: dict[str, set[str]] = {}
    waiting = [(PROGRAM, EXTRAS)]
    done = set()
    while waiting:
        name, extras = waiting.pop()
        if (name, extras) in done:
            continue
        done.add((name, extras))
        try:
            package = distribution(name)
        except PackageNotFoundError:
            continue
        for requirement in requirements(package, extras):
            one = canonicalize_name(requirement.name)
            needed.setdefault(one, set()).add(name)
            waiting.append((one, ("", *sorted(requirement.extras))))
    return needed


def licence(package: Distribution) -> str:
    """Return the name of a package's licence; empty if it names none."""
    about = package.metadata
    stated = about.get("License-Expression") or ""
    named = (about.get("License") or "").strip()
    if not stated and named and "\n" not in named and len(named) <= _LONGEST_NAME and named != "UNKNOWN":
        stated = named
    if not stated:
        classifiers = about.get_all("Classifier") or []
        names = [one.removeprefix(_CLASSIFIER) for one in classifiers if one.startswith(_CLASSIFIER)]
        stated = " or ".join(_SHORT_NAMES.get(one, one) for one in names)
    return stated


def rows() -> Iterator[tuple[str, str, str]]:
    """Yield each package with its licence and what requires it."""
    for name, users in sorted(dependencies().items()):
        try:
            stated = licence(distribution(name))
        except PackageNotFoundError:
            stated = ""
        yield name, stated, ", ".join(sorted(users))


def page() -> str:
    """Return the table as a page."""
    lines = [f"| {name} | {stated or 'not stated'} | {users} |" for name, stated, users in rows()]
    return "\n".join(
        [
            "# Licences",
            "",
            "The packages that are installed with TUIReader and its extras, written by `make licences`.",
            "TUIReader itself has the [MIT licence](../LICENSE). What each package is for:",
            "[dependencies](decisions/046-dependencies.md).",
            "",
            "| package | licence | required by |",
            "|---|---|---|",
            *lines,
            "",
        ]
    )


def main() -> int:
    """Write the page. Return 1 if a package states no licence."""
    PAGE.write_text(page(), "utf-8")
    silent = [name for name, stated, _ in rows() if not stated]
    if silent:
        print(f"No licence is stated by, or these are not installed: {', '.join(silent)}", file=sys.stderr)
    return 1 if silent else 0


if __name__ == "__main__":
    sys.exit(main())
