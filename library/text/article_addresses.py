"""Addresses of articles: their canonical form, and how they differ from those of sites and search pages."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from library.text.cleaning import clean_address

_LANGUAGE = re.compile(r"[a-z]{2}(?:[-_][a-z]{2})?", re.IGNORECASE)
_FRONT = re.compile(
    r"(?:index|default|home|homepage|main|start|startseite|frontpage)(?:\.\w{2,5})?", re.IGNORECASE
)
_SCRIPT = re.compile(r"(?:index|default)\.(?:php\d?|phtml|aspx?|jspx?|cfm|cgi|pl|do)", re.IGNORECASE)
_SEARCH = re.compile(
    r"(?:search|searches|search-?results|suche|suchergebnisse|recherche|rechercher|buscar|busca|busqueda|pesquisa|cerca"
    r"|ricerca|zoeken|szukaj|hledat|haku|sok|sök|arama|poisk|поиск)(?:\.\w{2,5})?",
    re.IGNORECASE,
)
_LISTING = re.compile(r"(?:tags?|categor(?:y|ies)|kategorien?|schlagw(?:o|oe)rt(?:e|er)?)", re.IGNORECASE)
_QUERY_WORDS = frozenset({"q", "s", "query", "search", "keyword", "keywords", "searchword", "term"})
_SAYS_NOTHING = frozenset({"lang", "language", "hl", "locale", "theme", "ref", "sort", "order", "_"})


def is_article_address(url: str) -> bool:
    """Return True if ``url`` can be the address of one article.

    The root of a site, an index page, a list for a tag or category and a search page cannot: their contents
    change, and many articles give them as their address. A route in the fragment (``#/story/1``) counts.
    """
    try:
        parts = urlsplit(url)
        names = [name for name, value in parse_qsl(parts.query) if value]
    except ValueError:
        return False
    if not parts.hostname:
        return False
    route = route_of(parts.fragment)
    if route:
        return not _is_index([one for one in route.strip("!/").split("/") if one])
    path = [one for one in parts.path.split("/") if one]
    if _is_search(path, names):
        return False
    telling = [name for name in names if name.lower() not in _SAYS_NOTHING]
    return bool(telling) or not (_is_index(path) or _is_listing(path))


def route_of(fragment: str) -> str:
    """Return ``fragment`` if it is the route of a page built by a script (``#/a``, ``#!a``), else empty."""
    return fragment if fragment.startswith(("/", "!")) and fragment.strip("!/") else ""


def _is_index(path: list[str]) -> bool:
    """Return True if ``path`` is a front page (also with a language code) or ends in an index script."""
    if path and _LANGUAGE.fullmatch(path[0]):
        path = path[1:]
    return (
        not path or (len(path) == 1 and bool(_FRONT.fullmatch(path[0]))) or bool(_SCRIPT.fullmatch(path[-1]))
    )


def _is_search(path: list[str], names: list[str]) -> bool:
    if any(_SEARCH.fullmatch(one) for one in (*path[:1], *path[-1:])):
        return True
    return bool(_QUERY_WORDS & {name.lower() for name in names}) and _is_index(path)


def _is_listing(path: list[str]) -> bool:
    """Return True if ``path`` is like ``…/tag/harbour``, with or without a page number."""
    if len(path) > 3 and path[-2].lower() == "page" and path[-1].isdigit():
        path = path[:-2]
    return 1 <= len(path) <= 3 and any(_LISTING.fullmatch(one) for one in path[-2:])


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
