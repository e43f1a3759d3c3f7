"""Writes docs/settings.md from the declared settings.

python -m docs.settings
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path

from tuireader.colours import DARK, LIGHT
from tuireader.settings import SECTIONS, SETTINGS, Section, Setting, in_words
from tuireader.settings.own_themes import NAMES
from tuireader.settings.reading import OWN_SECTIONS

PAGE = Path(__file__).parent / "settings.md"
WIDTH = 100
HEAD = """# Settings

This page is written by `make docs` from the declared settings, `tuireader/settings/declared.py`.

Settings are in one file, `config.toml`, in the platform's folder for configuration: on Linux
`~/.config/tuireader`. The reader writes it at its first start, with every setting commented out.
Remove the `#` before a name and change the value; an open reader follows at once.

```sh
tuireader config                  # all settings and their values
tuireader config path             # where the file is
tuireader config get measure
tuireader config set measure 80   # comments in the file stay
tuireader config check            # name what is wrong in the file
```

In the reader, `,` shows all settings: `Enter` changes the one at the cursor, `d` gives it its
default, `u` undoes that. `tuireader config edit`, or `e` there, opens the file in `$VISUAL` or
`$EDITOR`.

What is wrong in the file is named with its line when the reader starts and by `tuireader config
check`, which then ends with status 1. The rest of the file holds, and the default takes the place
of what is wrong. Of a file that is not TOML or of another version nothing holds, and it is never
written. `ctrl+q` leaves the reader whatever the file says.

What the reader remembers for itself (search history, the last list and article) is not here but
in the platform's folder for state.
"""


def page() -> str:
    """Return the whole page."""
    return HEAD + "".join(_section(section) for section in SECTIONS) + "".join(_own_sections()) + _themes()


def _section(section: Section) -> str:
    members = [setting for setting in SETTINGS if setting.section is section]
    return "\n".join(["", f"## [{section.name}]", "", section.help, "", *map(_entry, members), ""])


def _entry(setting: Setting) -> str:
    default = in_words(setting.default)
    text = f"**`{setting.name}`** {setting.help} Default: {f'`{default}`' if default else 'empty'}. Takes"
    return textwrap.fill(
        f"{text} {_values(setting)}.",
        WIDTH,
        initial_indent="- ",
        subsequent_indent="  ",
        break_long_words=False,
        break_on_hyphens=False,
    )


def _values(setting: Setting) -> str:
    values, choices = setting.values_in_file, setting.kind.choices()
    listed = ", ".join(f"`{choice}`" for choice in choices)
    if setting.kind.in_file or not choices:
        return values
    return f"one of {listed}" if values.startswith("one of") else f"{values}: {listed}"


def _own_sections() -> Iterator[str]:
    for own in OWN_SECTIONS:
        yield f"\n## [{own.name}]\n\n{own.help}\n"


THEMES = f"""
## Themes of your own

A file in the folder `themes` beside `config.toml` is a theme, by the name of the file. It is in the
menu of themes like the others, and an open reader follows when the file changes. What is wrong in
it is named like what is wrong in `config.toml`; the rest holds.

```sh
tuireader config theme sepia      # write themes/sepia.toml with every colour, and print where it is
tuireader config set theme sepia
```

Such a file names colours as `#rrggbb` or `#rgb`. Those that it does not name are those of its
`base`, `{LIGHT}` or `{DARK}`; without one the background decides which.

```toml
base = "{LIGHT}"
paper = "#f4ecd8"
surface = "#efe6d0"
panel = "#e6dbc0"
accent = "#8a3b12"
```

"""


def _themes() -> str:
    return THEMES + "".join(f"- **`{name}`** {help_}\n" for name, help_ in NAMES.items())


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
