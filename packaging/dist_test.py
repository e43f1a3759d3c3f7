"""Builds wheel and sdist, and tries both in fresh environments of every Python: ``make dist-test``."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VERSIONS = ("3.11", "3.12", "3.13", "3.14")
SHARED = (
    "share/man/man1/tuireader.1",
    "share/bash-completion/completions/tuireader",
    "share/zsh/site-functions/_tuireader",
    "share/fish/vendor_completions.d/tuireader.fish",
)
"""Files that an installation must bring."""
ARTICLE = "A Headline\n\nOne sentence about the harbour.\n"


def main() -> int:
    """Try every file with every Python. Return the exit status."""
    failed, tried, found = [], 0, pythons()
    with tempfile.TemporaryDirectory(prefix="tuireader-dist-") as name:
        folder = Path(name)
        for built in build(folder):
            for version, python in found.items():
                tried += 1
                try:
                    attempt(built, python, folder / f"{version}-{built.suffix[1:]}")
                except (subprocess.CalledProcessError, AssertionError) as error:
                    failed.append(
                        f"{built.name} on Python {version}: {error}\n{getattr(error, 'stderr', '')}"
                    )
                else:
                    print(f"{built.name} on Python {version}: installed and used", flush=True)
    missing = [one for one in VERSIONS if one not in found]
    if missing:
        print(f"Not tried, because not on this machine: Python {', '.join(missing)}")
    print("\n".join([*failed, f"{tried - len(failed)} passed, {len(failed)} failed"]))
    return 1 if failed or not tried else 0


def build(folder: Path) -> list[Path]:
    """Build the wheel and the sdist from a copy, so that nothing of an earlier build gets in."""
    source = folder / "source"
    files = run("git", "ls-files", cwd=ROOT).split("\n")
    for name in filter(None, files):
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, source / name)
    run(sys.executable, "-m", "uv", "build", "--quiet", "--out-dir", str(folder / "dist"), str(source))
    return [*(folder / "dist").glob("*.whl"), *(folder / "dist").glob("*.tar.gz")]


def pythons() -> dict[str, str]:
    """Return the program of each version of Python on this machine: of the system, of uv or of pyenv."""
    found = {}
    for version in VERSIONS:
        asked = subprocess.run(
            [sys.executable, "-m", "uv", "python", "find", "--no-project", "--no-python-downloads", version],
            capture_output=True, text=True, cwd="/", check=False,
        )  # fmt: skip
        home = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
        programs = [asked.stdout.strip()] if asked.returncode == 0 else []
        programs += map(str, sorted(home.glob(f"versions/{version}.*/bin/python")))
        found.update({version: programs[0]} if programs else {})
    return found


def attempt(built: Path, python: str, folder: Path) -> None:
    """Install ``built`` in a fresh environment, and use it. Raises CalledProcessError or AssertionError."""
    uv = [sys.executable, "-m", "uv"]
    run(*uv, "venv", "--quiet", "--python", python, str(folder))
    run(*uv, "pip", "install", "--quiet", "--python", str(folder / "bin" / "python"), str(built))
    program, library = str(folder / "bin" / "tuireader"), str(folder / "library")
    article = folder / "article.txt"
    article.write_text(ARTICLE, "utf-8")
    assert run(program, "--version").startswith("tuireader ")
    assert "added" in run(program, "--library", library, "add", str(article))
    assert "A Headline" in run(program, "--library", library, "list", "harbour", "--json")
    assert "_shtab_tuireader" in run(program, "completion", "bash")
    absent = [name for name in SHARED if not (folder / name).is_file()]
    assert absent == [], f"not installed: {absent}"
    run(str(folder / "bin" / "python"), "-c", "import tuireader.app, library.starter")


def run(*arguments: str, cwd: Path = Path("/")) -> str:
    """Run a program outside the checkout, and return its output. Raises CalledProcessError."""
    return subprocess.run(arguments, capture_output=True, text=True, check=True, cwd=cwd, timeout=1200).stdout


if __name__ == "__main__":
    sys.exit(main())
