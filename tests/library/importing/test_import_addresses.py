import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.text.article_addresses import canonical_address, host_of


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("https://WWW.Example.org/A?utm_source=x&b=1&fbclid=2#top", "https://www.example.org/A?b=1"),
        ("https://m.example.org/story/amp", "https://example.org/story"),
        ("https://amp.example.org/story/amp/", "https://example.org/story/"),
        ("https://example.org/story.amp?gclid=1", "https://example.org/story.amp"),
        ("https://m.org/x", "https://m.org/x"),
        ("http://example.org:80/x", "http://example.org/x"),
        ("https://example.org:8443/x", "https://example.org:8443/x"),
        ("http://[::1]/x#y", "http://[::1]/x"),
        ("https://example.org/?q=a%20b&c", "https://example.org/?q=a%20b&c"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("https://example.org/x\u200b", "https://example.org/x"),
    ],
)
def test_an_address_has_one_form(address, canonical):
    assert canonical_address(address) == canonical


def test_the_host_is_named_without_www():
    assert host_of("https://www.Example.org/x") == "example.org"
    assert host_of("nothing") == "" and host_of("http://[bad") == ""


@given(st.text(alphabet="htps:/.amw?&=#[]@%1 ", max_size=60))
def test_the_form_is_stable(text):
    once = canonical_address("https://a.example/" + text)
    assert canonical_address(once) == once
