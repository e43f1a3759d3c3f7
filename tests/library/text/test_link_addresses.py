"""What is said of an address before it is opened."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.text.cleaning import is_openable
from library.text.link_addresses import ascii_host, describe_address


@pytest.mark.parametrize(
    ("address", "host", "readable", "opened"),
    [
        ("https://News.example.org/a?b#c", "news.example.org", "", "https://News.example.org/a?b#c"),
        ("https://bücher.example/", "xn--bcher-kva.example", "bücher.example", "https://xn--bcher-kva.example/"),
        ("https://straße.example:8080/x", "xn--strae-oqa.example", "straße.example", "https://xn--strae-oqa.example:8080/x"),
        ("https://xn--bcher-kva.example/", "xn--bcher-kva.example", "bücher.example", "https://xn--bcher-kva.example/"),
        ("https://例え。テスト/", "xn--r8jz45g.xn--zckzah", "例え.テスト", "https://xn--r8jz45g.xn--zckzah/"),
        ("mailto:jane@bücher.example?subject=x", "xn--bcher-kva.example", "bücher.example", "mailto:jane@xn--bcher-kva.example?subject=x"),
        ("http://192.0.2.7/", "192.0.2.7", "", "http://192.0.2.7/"),
    ],
)  # fmt: skip
def test_the_host_is_shown_and_opened_in_ascii(address, host, readable, opened):
    described = describe_address(address)
    assert (described.host, described.readable_host, described.address) == (host, readable, opened)
    assert described.openable


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc/passwd", "https://user@a.example/", "#note", "/path", "", "http://[", "https://a\u2100b.example/"]
)  # fmt: skip
def test_addresses_that_may_not_be_opened_are_reported(address):
    assert not describe_address(address).openable


@pytest.mark.parametrize(
    ("address", "deceives"),
    [
        ("https://pаypal.example/", True),  # a Cyrillic а
        ("https://xn--pypal-4ve.example/", True),
        ("https://яндекс.example/", False),
        ("https://東京タワー.example/", False),
        ("https://bücher.example/", False),
        ("https://плюс.latin.example/", False),
    ],
)
def test_letters_of_several_scripts_cause_a_warning(address, deceives):
    warnings = describe_address(address).warnings
    assert any("mixes" in warning for warning in warnings) is deceives
    assert any("not ASCII" in warning for warning in warnings)


@pytest.mark.parametrize(
    ("words", "warned"),
    [
        ("bank.example", True),
        ("https://bank.example/login", True),
        ("BANK.example.", True),
        ("news.example.org", False),
        ("www.news.example.org/front", False),
        ("example.org", False),
        ("the news", False),
        ("see bank.example for more", False),
        ("3.14", False),
    ],
)
def test_words_that_name_another_host_cause_a_warning(words, warned):
    warnings = describe_address("https://news.example.org/x", words).warnings
    assert any("leads to news.example.org" in warning for warning in warnings) is warned


def test_a_name_that_looks_like_the_host_causes_a_warning():
    described = describe_address("https://bank.example@evil.example/x")
    assert described.warnings == (
        "What stands before the @ is a name, not the host; it leads to evil.example.",
    )
    assert describe_address("mailto:jane@example.org").warnings == ()


def test_a_host_too_long_for_a_name_is_not_opened():
    described = describe_address(f"https://{'ü' * 80}.example/")
    assert not described.openable and described.warnings


@given(st.text(max_size=20), st.text(max_size=20))
def test_any_address_can_be_described(host: str, words: str):
    described = describe_address(f"https://{host}/", words)
    assert described.host.isascii()
    if described.openable:
        assert is_openable(described.address)
    if described.openable and described.host:
        assert describe_address(described.address).host == described.host


@given(st.text(st.characters(categories=["Ll", "Lo"]), min_size=1, max_size=12))
def test_the_ascii_form_of_an_ascii_host_is_itself(host: str):
    ascii_form = ascii_host(f"{host}.example")
    assert ascii_host(ascii_form) == ascii_form
