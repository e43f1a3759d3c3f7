"""News and picture agencies that appear in bylines and photo credits."""

from __future__ import annotations

import re
from functools import cache

NEWS_AGENCIES: dict[str, tuple[str, ...]] = {
    "AFP": ("AFP", "Agence France-Presse", "Agence France Presse", "AFP-JIJI", "AFPTV"),
    "AP": ("AP", "Associated Press", "The Associated Press"),
    "Reuters": ("Reuters", "Thomson Reuters", "Agence Reuters"),
    "dpa": ("dpa", "Deutsche Presse-Agentur", "dpa-infocom", "dpa-AFX"),
    "epd": ("epd", "Evangelischer Pressedienst"),
    "KNA": ("KNA", "Katholische Nachrichten-Agentur"),
    "SID": ("SID", "Sport-Informations-Dienst"),
    "EFE": ("EFE", "Agencia EFE"),
    "Europa Press": ("Europa Press", "EuropaPress"),
    "ANSA": ("ANSA", "Agenzia ANSA"),
    "Adnkronos": ("Adnkronos",),
    "AGI": ("AGI",),
    "TASS": ("TASS", "ITAR-TASS", "ТАСС"),
    "RIA Novosti": ("RIA Novosti", "РИА Новости"),
    "Interfax": ("Interfax", "Интерфакс", "Інтерфакс-Україна", "Interfax-Ukraine"),
    "Ukrinform": ("Ukrinform", "Укрінформ"),
    "UNIAN": ("UNIAN", "УНІАН"),
    "BelTA": ("BelTA", "БЕЛТА"),
    "Xinhua": ("Xinhua", "Xinhua News Agency", "新华社", "新華社"),
    "Kyodo": ("Kyodo", "Kyodo News", "共同通信", "共同"),
    "Jiji": ("Jiji", "Jiji Press", "時事通信", "時事"),
    "Yonhap": ("Yonhap", "Yonhap News", "Yonhap News Agency", "연합뉴스"),
    "Newsis": ("Newsis", "뉴시스"),
    "News1": ("News1", "뉴스1"),
    "CNA": ("CNA", "Central News Agency", "中央社"),
    "Bernama": ("Bernama",),
    "Antara": ("Antara",),
    "VNA": ("VNA", "TTXVN"),
    "PTI": ("PTI", "Press Trust of India"),
    "ANI": ("ANI", "Asian News International"),
    "IANS": ("IANS",),
    "APP": ("APP", "Associated Press of Pakistan"),
    "APA": ("APA", "Austria Presse Agentur"),
    "SDA": ("SDA", "Keystone-SDA", "Keystone-ATS", "ATS"),
    "PA": ("PA", "PA Media", "Press Association"),
    "AAP": ("AAP", "Australian Associated Press"),
    "Canadian Press": ("Canadian Press", "The Canadian Press", "La Presse canadienne", "CP"),
    "Belga": ("Belga",),
    "ANP": ("ANP",),
    "Lusa": ("Lusa", "Agência Lusa"),
    "ČTK": ("ČTK", "CTK"),
    "TASR": ("TASR",),
    "SITA": ("SITA",),
    "PAP": ("PAP", "Polska Agencja Prasowa"),
    "MTI": ("MTI",),
    "Hina": ("Hina", "HINA"),
    "STA": ("STA",),
    "Tanjug": ("Tanjug", "Танјуг"),
    "Beta": ("Beta",),
    "BTA": ("BTA", "БТА"),
    "Agerpres": ("Agerpres",),
    "Mediafax": ("Mediafax",),
    "BNS": ("BNS",),
    "LETA": ("LETA",),
    "ELTA": ("ELTA",),
    "TT": ("TT", "TT Nyhetsbyrån"),
    "NTB": ("NTB",),
    "Ritzau": ("Ritzau",),
    "STT": ("STT", "Lehtikuva"),
    "ANA-MPA": ("ANA-MPA", "ΑΠΕ-ΜΠΕ", "ΑΠΕ"),
    "Anadolu": ("Anadolu", "Anadolu Agency", "Anadolu Ajansı", "AA"),
    "DHA": ("DHA", "Demirören Haber Ajansı"),
    "IHA": ("IHA", "İHA"),
    "IRNA": ("IRNA",),
    "WAFA": ("WAFA",),
    "SPA": ("SPA",),
    "MENA": ("MENA",),
    "NAN": ("NAN", "News Agency of Nigeria"),
    "GNA": ("GNA", "Ghana News Agency"),
    "SAPA": ("SAPA",),
    "UPI": ("UPI", "United Press International"),
    "Bloomberg": ("Bloomberg", "Bloomberg News"),
    "Télam": ("Télam", "Telam"),
    "Agência Brasil": ("Agência Brasil",),
    "Estadão Conteúdo": ("Estadão Conteúdo",),
    "Folhapress": ("Folhapress",),
    "Notimex": ("Notimex",),
    "Prensa Latina": ("Prensa Latina",),
}  # fmt: skip
"""The names under which each agency appears, by the name to print."""

PICTURE_AGENCIES = (
    "EPA", "EPA-EFE", "epa", "Getty", "Getty Images", "iStock", "iStockphoto", "Shutterstock",
    "Shutterstock.com", "Alamy", "Alamy Stock Photo", "Adobe Stock", "stock.adobe.com", "Depositphotos",
    "Dreamstime", "Unsplash", "Pexels", "Pixabay", "Flickr", "Wikimedia", "Wikimedia Commons",
    "Wikipedia", "Corbis", "Rex", "Rex Features", "ZUMA", "ZUMA Press", "Zumapress", "Picture Alliance",
    "picture-alliance", "dpa-Bildfunk", "Imago", "imago images", "SIPA", "Abaca", "MAXPPP", "Hans Lucas",
    "Magnum", "Magnum Photos", "Polaris", "Redux", "NurPhoto", "SOPA Images", "LightRocket", "Bettmann",
    "Hulton Archive", "Keystone", "Laif", "Ullstein", "AP Photo", "Cuartoscuro", "Backgrid", "Splash",
    "WENN", "PA Wire", "PA Images", "Scanpix", "Lehtikuva", "Ritzau Scanpix", "LaPresse", "IPA",
    "Contrasto", "Forum", "East News", "Profimedia", "CTK Photo", "Photoshot", "Eyevine", "Action Images",
    "Pool", "Handout", "HANDOUT", "UGC", "NASA", "ESA", "Screenshot", "Supplied", "Courtesy", "File",
    "Instagram", "Facebook", "Twitter", "YouTube", "Reuters Connect", "Sputnik", "Kremlin", "Wirestock",
    "Freepik", "VCG", "Visual China Group", "Stringer",
)  # fmt: skip


@cache
def _names() -> dict[str, str]:
    return {_bare(name): agency for agency, names in NEWS_AGENCIES.items() for name in names}


@cache
def _pictures() -> frozenset[str]:
    return frozenset(map(_bare, PICTURE_AGENCIES))


def _bare(text: str) -> str:
    return re.sub(r"[.,;:()\[\]©]+", " ", text).strip().casefold()


def agency_named(text: str) -> str:
    """Return the printed name of the agency that ``text`` names; empty if it names none.

    Short names count only in their usual case (“AP”, not “ap”), because other words look like them.
    """
    agency = _names().get(_bare(text), "")
    letters = text.strip(" .,;:()[]")
    short = len(letters) <= 4 and letters.isalpha()
    return "" if short and not (letters.isupper() or letters in NEWS_AGENCIES.get(agency, ())) else agency


def names_picture_source(text: str) -> bool:
    """Return True if ``text`` is the name of an agency or of another source of pictures."""
    return bool(agency_named(text)) or _bare(text) in _pictures()
