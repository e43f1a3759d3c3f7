"""Detection of the language of a text from its script, its letters and its most common words.

These words are articles, prepositions, conjunctions and pronouns. Every text contains them, and they rarely
end a sentence; the joining of split paragraphs relies on this.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache

SAMPLE = 4000
ENOUGH_WORDS = 3
LEAST_SHARE = 0.08
LEAST_LEAD = 1.15

_WORDS = {
    "en": "the of and to in that is was for with as on are by be at from his her it this which not"
    " an or has had",
    "de": "der die das und ist den von zu mit dem des auf für im eine nicht ein als auch sich an bei"
    " aus nach wie",
    "fr": "le la les des et est dans une du que qui pour sur au par plus avec ce sont aux cette ses"
    " leur a été",
    "es": "el la los las de que en y un una por con del se para al es su lo como más pero sus sobre"
    " entre",
    "it": "il di che la e è un una per con del della non in gli i dei le al da sono nel alla anche"
    " si delle",
    "pt": "o a os as de que do da em um uma para com não por dos das no na ao se foi mais pela pelo são",
    "ca": "el la els les de que i en un una per amb del al és als no com més aquest seva també ha dels",
    "ro": "și de la în a un o pe cu din care pentru este nu au fost ca mai dar cel sunt prin această ale",
    "nl": "de het een van en in is dat op te voor met zijn niet aan er om ook als bij door maar naar"
    " hij uit",
    "sv": "och att det som en på är av för med den till inte har om ett men var sig från vi så kan hade",
    "da": "og at det som en på er af for med den til ikke har om et men var sig fra de blev der også"
    " efter",
    "no": "og at det som en på er av for med den til ikke har om et men var seg fra de ble der også"
    " etter",
    "fi": "ja on ei se että oli hän mutta myös ovat kun tai joka ole sen mukaan kuin jotka vuoden ollut",
    "et": "ja on ei et see ka kui oli aga mis ta selle või oma nagu ning seda kes siis kuid pole eesti",
    "lv": "un ir ar uz par no ka kas bet arī pēc lai tika tas kā gada pie vai nav tiek jau bija līdz",
    "lt": "ir yra kad su iš bet kaip tai į ne buvo dėl apie už jo nuo po jau taip pat arba prie tik",
    "pl": "i w z na do nie że się o jest to po od za przez dla jak ale przy ich być oraz które który",
    "cs": "a v se na je že s z do o i to k ve pro za by ale od po jsou jako ze které který podle",
    "sk": "a v sa na je že s z do o aj to k vo pre za by ale od po sú ako zo ktoré ktorý podľa",
    "sl": "in je v na da se za z so ki pa s bi tudi po ne kot pri od iz do ali še bil kako",
    "hr": "i je u na da se za su s od koji a o što ne iz će kao bi do ali nije prema bio te",
    "hu": "a az és hogy nem is egy volt meg de ez csak már még mint ki el van szerint vagy lesz azt",
    "tr": "ve bir bu da de için ile olarak çok daha gibi en olan ne kadar sonra ama o olduğu göre her",
    "sq": "të e në dhe i për një me që nga së është u ka se nuk më ishte kjo si do prej",
    "id": "yang dan di ini dengan untuk dari dalam itu tidak pada akan juga ke karena ada oleh telah"
    " kepada",
    "vi": "và của là có được trong cho không các với một đã người những này khi để từ cũng",
    "af": "die van en in is het dat nie om te wat met vir op sy aan hulle was ook deur word",
    "sw": "ya na wa kwa ni katika la za kuwa hiyo cha huo wake kama pia hii alisema watu lakini",
    "zu": "ukuthi futhi uma kanye kodwa ngoba lapho kule uthe kusho lokhu yini nje ngesikhathi"
    " umndeni okuthiwa kube",
    "ru": "и в не на что с по это как из за от для он к его но о у же то так был при она",
    "uk": "і в на що з не до та це як за від у для про його є але було під який також буде й",
    "bg": "и на в да за се от с че по не е като са до това който след при ще той но още бе",
    "mk": "и на во да за се од со дека не е како по што ќе ги го тоа кои но само",
    "sr": "и је у на да се за су са од који а о што не из ће као би до али није",
    "be": "і ў не на што з па гэта як да за ад для у але яго пра быў таксама які каб",
}  # fmt: skip

_SCRIPTS = (
    ("HIRAGANA", "ja"), ("KATAKANA", "ja"), ("HANGUL", "ko"), ("CJK", "zh"), ("GREEK", "el"),
    ("HEBREW", "he"), ("THAI", "th"), ("LAO", "lo"), ("GEORGIAN", "ka"), ("ARMENIAN", "hy"),
    ("BENGALI", "bn"), ("TAMIL", "ta"), ("TELUGU", "te"), ("KANNADA", "kn"), ("MALAYALAM", "ml"),
    ("GUJARATI", "gu"), ("GURMUKHI", "pa"), ("DEVANAGARI", "hi"), ("SINHALA", "si"), ("MYANMAR", "my"),
    ("KHMER", "km"), ("ETHIOPIC", "am"), ("ARABIC", "ar"), ("CYRILLIC", "ru"), ("LATIN", "en"),
)  # fmt: skip
_ALPHABETS = {"LATIN", "CYRILLIC"}
_CYRILLIC_LANGUAGES = frozenset(("ru", "uk", "bg", "mk", "sr", "be"))
_CYRILLIC_LETTERS = (("ў", "be"), ("їє", "uk"), ("ѓќѕ", "mk"), ("ћђ", "sr"), ("ыэё", "ru"))
_WORD = re.compile(r"[^\W\d_]+")


@cache
def function_words(language: str) -> frozenset[str]:
    """Return the most common words of ``language`` (ISO 639-1), in lower case; empty if it is unknown."""
    return frozenset(_WORDS.get(language, "").split())


def _scripts(text: str) -> Counter[str]:
    """Count the letters of ``text`` by script."""
    names = Counter(character for character in text if character.isalpha())
    scripts: Counter[str] = Counter()
    for character, count in names.items():
        scripts[unicodedata.name(character, "").partition(" ")[0].partition("-")[0]] += count
    return scripts


def _by_script(text: str) -> tuple[str, str]:
    """Return the most common script and its default language; empty if there is none."""
    scripts = _scripts(text)
    total = sum(scripts.values())
    if not total:
        return "", ""
    if scripts["CJK"] and (scripts["HIRAGANA"] + scripts["KATAKANA"]) * 10 > total:
        return "CJK", "ja"
    script = max(scripts, key=lambda name: scripts[name])
    language = dict(_SCRIPTS).get(script, "")
    if script == "ARABIC":
        language = "ur" if re.search("[ٹڈڑےں]", text) else "fa" if re.search("[پچژگ]", text) else "ar"
    return script, language if scripts[script] * 2 > total else ""


def _by_words(text: str, script: str) -> str:
    """Return the language whose common words make up the largest share of ``text``; empty if unsure."""
    words = [word.casefold() for word in _WORD.findall(text)]
    counts = Counter(words)
    cyrillic = script == "CYRILLIC"
    scores = {
        language: sum(counts[word] for word in function_words(language)) / len(words)
        for language in _WORDS
        if (language in _CYRILLIC_LANGUAGES) is cyrillic
    }
    best, second = sorted(scores, key=lambda language: -scores[language])[:2]
    if scores[best] * len(words) < ENOUGH_WORDS or scores[best] < LEAST_SHARE:
        return ""
    return best if scores[best] >= scores[second] * LEAST_LEAD else _by_letters(text, {best, second})


def _by_letters(text: str, languages: set[str]) -> str:
    """Choose between two similar languages by letters that only one of them has; empty if unsure."""
    letters = {
        "cs": "ěůř", "sk": "ľĺŕôä", "no": "", "da": "", "hr": "ćđ", "sl": "", "et": "õ", "fi": "",
        "pt": "ãõ", "es": "ñ¿¡", "ca": "·ç", "it": "ì", "ro": "ășț", "af": "ê", "nl": "",
    }  # fmt: skip
    text = text.casefold()
    found = {language: sum(map(text.count, letters.get(language, ""))) for language in languages}
    best = max(found, key=lambda language: found[language])
    return best if found[best] > 0 and list(found.values()).count(found[best]) == 1 else ""


def guess_language(text: str) -> str:
    """Return the language of ``text`` (ISO 639-1), based on its first 4,000 characters; empty if unsure."""
    sample = text[:SAMPLE]
    script, language = _by_script(sample)
    if script not in _ALPHABETS or not language:
        return language
    if script == "CYRILLIC":
        for letters, own in _CYRILLIC_LETTERS:
            if sum(map(sample.casefold().count, letters)) >= 3 and own != "ru":
                return own
    return _by_words(sample, script)
