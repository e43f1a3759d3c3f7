"""Texts to annotate: the starter articles, and texts generated in other scripts.

Generated sentences often repeat phrases, as reports on the same subject do. The same number always generates
the same text.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from library.errors import ImportFailed
from library.importing.registry import parse
from library.starter import starter_articles
from library.text.cleaning import clean_text
from library.text.markdown import parse_document

TODAY = date(2026, 11, 22)
MADE = 12
"""Number of generated texts in each script."""

_RUSSIAN = (
    "Вчера утром|В четверг|Через две недели|Поздно вечером|На прошлой неделе|В начале марта|"
    "Как сообщалось, зимой|"
    "После долгих споров|Несмотря на шторм|По словам очевидцев",
    "городской совет|профсоюз докеров|капитан парома|директор музея|команда гребцов|смотритель маяка|"
    "комитет по транспорту|группа биологов|владелец верфи|начальник порта|хор рыбаков|"
    "новый управляющий",
    "отказался обсуждать|одобрил в третьем чтении|снова отложил|подробно описал|"
    "неожиданно поддержал|раскритиковал|"
    "показал журналистам|обещал закончить|назвал ошибкой|решил проверить",
    "проект новой трамвайной линии|условия соглашения|расписание ночных рейсов|"
    "карту старого города|ремонт причала|"
    "итоги забастовки|список пропавших лодок|смету на строительство моста|план спасения сада|"
    "цены на топливо|"
    "письмо жителей|находку на морском дне",
    "у северного входа в гавань|в зале ратуши|на берегу залива|возле старой мельницы|"
    "перед закрытыми дверями|"
    "под дождём|при полном свете|в присутствии свидетелей|за один день до срока|без лишних слов",
    "и попросил ещё неделю|но не назвал даты|а потом уехал домой|чего никто не ожидал|"
    "как и было условлено|"
    "хотя денег не хватает|и в зале стало тихо|что удивило соседей",
)
_ARABIC = (
    "صباح أمس|يوم الخميس|بعد أسبوعين|في وقت متأخر من الليل|الأسبوع الماضي|في بداية مارس|"
    "كما ذكرنا في الشتاء|"
    "بعد نقاش طويل|رغم العاصفة|وفقًا لشهود عيان",
    "رفض مجلس المدينة|أقرّ اتحاد عمال الميناء|أجّل قبطان العبّارة|وصف مدير المتحف|"
    "دعم فريق التجديف|انتقد حارس المنارة|"
    "عرضت لجنة النقل|درست مجموعة من العلماء|وعد صاحب الحوض|راجع رئيس الميناء",
    "مشروع خط الترام الجديد|شروط الاتفاق|جدول الرحلات الليلية|خريطة المدينة القديمة|"
    "إصلاح الرصيف|نتائج الإضراب|"
    "قائمة القوارب المفقودة|تكلفة بناء الجسر|خطة إنقاذ الحديقة|أسعار الوقود|رسالة السكان|"
    "ما وُجد في قاع البحر",
    "عند المدخل الشمالي للميناء|في قاعة البلدية|على شاطئ الخليج|قرب الطاحونة القديمة|"
    "أمام أبواب مغلقة|تحت المطر|"
    "بحضور الشهود|قبل الموعد بيوم واحد|دون كلام كثير",
    "وطلب أسبوعًا آخر|لكنه لم يحدد موعدًا|ثم عاد إلى بيته|وهو ما لم يتوقعه أحد|"
    "كما كان متفقًا عليه|رغم قلة المال|"
    "فساد الصمت في القاعة|مما أدهش الجيران",
)
_CHINESE = (
    "昨天上午，|星期四，|两周之后，|深夜里，|上个星期，|三月初，|正如冬天所报道的，|经过长时间的争论，|尽管有暴风雨，|据目击者说，",
    "市议会|码头工会|渡轮船长|博物馆馆长|划船队|灯塔看守人|交通委员会|几位生物学家|造船厂老板|港口主任|渔民合唱团|新任经理",
    "拒绝讨论|三读通过了|再次推迟了|详细介绍了|意外地支持|批评了|向记者展示了|答应完成|认为有错的是|决定检查",
    "新电车线路的方案|协议的条件|夜间航班的时刻表|老城的地图|码头的修理工程|罢工的结果|失踪船只的名单|修桥的预算|保护花园的计划|"
    "燃料的价格|居民的来信|海底的发现",
    "，地点在港口北门|，就在市政厅里|，当时正下着雨|，门却关着|，有证人在场|，比期限早了一天|，没有多说什么|，灯火通明",
    "，并要求再给一个星期|，但没有说明日期|，然后就回家了|，这是谁也没有想到的|，一切如约定的那样|，虽然钱还不够|，大厅里安静下来|，邻居们都很惊讶",
)
_LISTS = {"Cyrillic": (_RUSSIAN, " ", "."), "Arabic": (_ARABIC, " ", "."), "CJK": (_CHINESE, "", "。")}


@dataclass(frozen=True, slots=True)
class AnchorText:
    """A text to annotate, and its script."""

    name: str
    script: str
    text: str


def own_texts() -> Iterator[AnchorText]:
    """Yield the starter articles and ``MADE`` texts of each other script."""
    for name, data, _ in starter_articles():
        yield AnchorText(name, "Latin", plain(data, name))
    for script in _LISTS:
        for number in range(MADE):
            yield AnchorText(f"{script} {number}", script, made(script, number))


def corpus_texts(folder: Path) -> Iterator[AnchorText]:
    """Yield every article in ``folder`` that is long enough to edit, with its script."""
    for path in sorted(folder.rglob("*.md")):
        try:
            text = plain(path.read_bytes(), path.name)
        except ImportFailed:
            continue
        if len(text) >= 600:
            yield AnchorText(path.name, script_of(text), text)


def plain(data: bytes, name: str) -> str:
    """Return the plain text of a file, to which the library anchors notes. Raises ImportFailed."""
    return parse_document(clean_text(parse(data, name=name, today=TODAY).body)).text


def script_of(text: str) -> str:
    """Return the script of most letters of ``text``."""
    ranges = {
        "Cyrillic": ("\u0400", "\u04ff"),
        "Arabic": ("\u0600", "\u06ff"),
        "CJK": ("\u2e80", "\ud7af"),
    }
    counts = {script: sum(first <= char <= last for char in text) for script, (first, last) in ranges.items()}
    script = max(counts, key=lambda name: counts[name])
    return script if counts[script] * 4 > len(text) else "Latin"


def made(script: str, number: int) -> str:
    """Generate text ``number`` of a script: seven to ten paragraphs of two to five sentences."""
    chance = random.Random(f"{script} {number}")
    lists, space, stop = _LISTS[script]
    options = [part.split("|") for part in lists]

    def sentence() -> str:
        chosen = [chance.choice(part) for part in options]
        if chance.random() < 0.3:
            chosen.pop()
        words = space.join(chosen)
        return words[0].upper() + words[1:] + stop

    return "\n\n".join(
        space.join(sentence() for _ in range(chance.randint(2, 5))) for _ in range(chance.randint(7, 10))
    )
