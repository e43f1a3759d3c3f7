"""The words of a language that say nothing about what a text is about."""

from __future__ import annotations

from functools import cache

from library.text.folding import fold

_LISTS = {
    "af": "Afrikaans", "ar": "Arabic", "az": "Azerbaijani", "be": "Belarusian", "bg": "Bulgarian",
    "bn": "Bengali", "bs": "Bosnian", "ca": "Catalan", "cs": "Czech", "cy": "Welsh", "da": "Danish",
    "de": "German", "el": "Greek", "en": "English", "eo": "Esperanto", "es": "Spanish", "et": "Estonian",
    "eu": "Basque", "fa": "Persian", "fi": "Finnish", "fr": "French", "ga": "Irish", "gl": "Galician",
    "gu": "Gujarati", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian",
    "hy": "Armenian", "id": "Indonesian", "is": "Icelandic", "it": "Italian", "ka": "Georgian",
    "kk": "Kazakh", "kn": "Kannada", "ko": "Korean", "lb": "Luxembourgish", "lt": "Lithuanian",
    "lv": "Latvian", "mk": "Macedonian", "ml": "Malayalam", "mr": "Marathi", "ms": "Malay",
    "mt": "Maltese", "ne": "Nepali", "nl": "Dutch", "nb": "Norwegian_Bokmal", "nn": "Norwegian_Nynorsk",
    "no": "Norwegian_Bokmal", "pa": "Western_Panjabi", "pl": "Polish", "pt": "Portuguese",
    "ro": "Romanian", "ru": "Russian", "sk": "Slovak", "sl": "Slovenian", "sq": "Albanian",
    "sr": "Serbian", "sv": "Swedish", "sw": "Swahili", "ta": "Tamil", "te": "Telugu", "tl": "Tagalog",
    "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "uz": "Uzbek", "vi": "Vietnamese", "yo": "Yoruba",
}  # fmt: skip
"""ISO 639-1 → how jusText calls its list."""


@cache
def stop_words(language: str) -> frozenset[str]:
    """The folded stop words of ``language`` (ISO 639-1), from jusText's lists; empty where it has none."""
    name = _LISTS.get(language)
    if name is None:
        return frozenset()
    from justext import get_stoplist

    return frozenset(fold(word) for word in get_stoplist(name))
