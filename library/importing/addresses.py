"""Normalises web addresses, so that a known article is recognised."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from library.text.article_addresses import route_of
from library.text.cleaning import clean_address

_TRACKING = re.compile(
    r"(?:utm_.*|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|igshid|igsh|mc_cid|mc_eid|mkt_tok|twclid|ttclid"
    r"|_hsenc|_hsmi|_ga|_gl|oly_anon_id|oly_enc_id|vero_id|wickedid|ref_src|ref_url|at_medium|at_campaign|at_custom.*"
    r"|cmpid|ncid|ns_campaign|ns_mchannel|ns_source|ns_linkname|smid|smtyp|guccounter|guce_.*|xtor|wt_.*"
    r"|__twitter_impression|amp|outputtype)",
    re.IGNORECASE,
)
_AMP_END = re.compile(r"/amp(?:\.html?)?/?$|(?<=\w)\.amp\.html?$", re.IGNORECASE)
_MOBILE = re.compile(r"^(?:m|mobile|amp)\.(?=[^.]+\.[^.])")
_PORTS = {"http": 80, "https": 443}


def canonical_address(url: str) -> str:
    """Return ``url`` without fragment, tracking parameters, ``/amp`` and ``m.``; host in lower case.

    A fragment that is a client-side route (``#/story/1``) stays, because it chooses the page. Anything but an
    http(s) address with a host is only cleaned.
    """
    address = clean_address(url)
    try:
        parts = urlsplit(address)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return address
    if parts.scheme not in _PORTS or not host:
        return address
    if port not in (None, _PORTS[parts.scheme]):
        host = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    elif ":" in host:
        host = f"[{host}]"
    path = _AMP_END.sub("/" if parts.path.endswith("/") else "", parts.path)
    return urlunsplit(
        (parts.scheme, _MOBILE.sub("", host), path, _query(parts.query), route_of(parts.fragment))
    )


def _query(query: str) -> str:
    """Drop tracking parameters; the others keep their order, and their spelling if none is dropped."""
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [(key, value) for key, value in pairs if not _TRACKING.fullmatch(key)]
    return query if len(kept) == len(pairs) else urlencode(kept)


def host_of(url: str) -> str:
    """Return the host of ``url`` in lower case, without ``www.``; empty if there is none."""
    try:
        host = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""
    return host.removeprefix("www.")
