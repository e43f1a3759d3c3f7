"""Tags that are written in a note."""

from __future__ import annotations

import pytest

from library.annotations.service import note_tags


@pytest.mark.parametrize(
    ("body", "tags"),
    [
        ("Compare this. #idea", ["idea"]),
        ("#idea at once, and (#later), #world/eu-27!", ["idea", "later", "world/eu-27"]),
        ("#идея #想法 #فكرة #idée #हिंदी", ["идея", "想法", "فكرة", "idée", "हिंदी"]),
        ("#2024budget but not #1 or #2024", ["2024budget"]),
        ("# A heading\n\n## Another", []),
        ("`#code` and ``a ` #b`` #c", ["c"]),
        ("```\n#include <stdio.h>\n```\n#after", ["after"]),
        ("~~~ sh\n#never closed", []),
        ("https://example.org/page#part http://a.example/#b www.example.org/#c", []),
        ("[words](https://example.org/#part) <https://example.org/#d> [#in-words](x)", ["in-words"]),
        ("a#b ##c #d#e &#39; \\#no", []),
        ("#end- #end_ #a/", ["end", "end", "a"]),
        ("", []),
    ],
)
def test_tags_are_found_where_a_person_meant_them(body: str, tags: list[str]):
    assert list(note_tags(body)) == tags
