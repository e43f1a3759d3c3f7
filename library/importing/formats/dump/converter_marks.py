"""Removes leftovers of PDF and scan converters from Markdown: anchors, page marks, picture notes."""

from __future__ import annotations

import re

_ANCHOR = re.compile(
    r"<(?P<tag>span|a)\s+(?:id|name)=[\"'][^\"'<>]{0,200}[\"']\s*>\s*</(?P=tag)>", re.IGNORECASE
)
_PAGE_MARK = re.compile(
    r"""(?m)^[ \t]*(?:
      \{\d{1,5}\}-{6,}
    | -{2,}\s*(?:(?:end|start|begin)\s+of\s+)?page\s*[=:]?\s*\d{1,5}\s*-{2,}
    | \[{1,2}\s*page\s*(?:break|\d{1,5})\s*\]{1,2} | \*{2}\[?page\s+\d{1,5}\]?\*{2}
    | <!--\s*(?:page|new\s?page)\s*-?\s*(?:break|number|header|footer|start|end|\d)[^>]{0,200}-->
    | \\(?:newpage|pagebreak|clearpage) | <page_number>[^<\n]*</page_number> | <page_break\s*/?>
    | <(?:div|p)\s[^>]{0,200}?(?:page-break|break-(?:after|before):\s*page)[^>]{0,200}>\s*(?:</(?:div|p)>)?
    )[ \t]*$""",
    re.VERBOSE | re.IGNORECASE,
)
_NOTE = re.compile(
    r"(?m)^[ \t]*(?:<!--\s*(?:image|picture|figure|formula|table|chart|column)[^>]{0,200}-->"
    r"|\**==>[^\n]{0,80}(?:picture|image|intentionally)[^\n]{0,80}<==\**"
    r"|<watermark>[^<\n]*</watermark>)[ \t]*$",
    re.IGNORECASE,
)
_PICTURE = re.compile(
    r"!\[\]\(<?(?!https?:|data:)[^()\s<>]*"
    r"(?:_page_\d+_(?:picture|figure)_\d+|page_?\d+_im(?:g|age)_?\d+|image_\d{4,}_[0-9a-f]{16,}|img-\d+"
    r"|[0-9a-f]{32,64}|\.pdf-\d+-\d+)\.\w{3,4}>?\)",
    re.IGNORECASE,
)
"""A picture without a description, under the name that a converter gave it."""


def without_converter_marks(text: str) -> str:
    """Return ``text`` without a converter's own marks; its page marks become form feeds."""
    text = _PAGE_MARK.sub("\f", _ANCHOR.sub("", text))
    return _NOTE.sub("", text)


def is_nameless_picture(block: str) -> bool:
    """Return True if ``block`` is only a picture that a converter extracted, without a description."""
    return _PICTURE.fullmatch(block.strip()) is not None
