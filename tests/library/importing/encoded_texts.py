"""Our own sentences in many languages, and the code pages in which such texts were saved."""

from __future__ import annotations

from collections.abc import Iterator

WESTERN = ("cp1252", "iso8859_15", "mac_roman")
CENTRAL = ("cp1250", "iso8859_2")
CYRILLIC = ("cp1251", "koi8_r", "iso8859_5", "cp866", "mac_cyrillic")
BALTIC = ("cp1257", "iso8859_13")

TEXTS: dict[str, tuple[tuple[str, ...], str, str]] = {
    "en": (("cp1252",), "The café’s “quiet” owner",
           "“We were told it would be over by now,” said one driver – “it isn’t.” The fine is £40, and the naïve "
           "hope of the port’s owners is that everybody will be back at work before the month ends."),
    "de": (WESTERN, "Kräne stehen still",
           "Die Kranführer im westlichen Becken haben am Montag die Arbeit niedergelegt, und für die Häfen heißt das: "
           "Elf Schiffe müssen draußen warten. „Wir fühlen uns übergangen“, sagte ein Sprecher der Beschäftigten."),
    "fr": (WESTERN, "Les grues sont à l’arrêt",
           "Les conducteurs de grues ont cessé le travail lundi matin et onze navires attendent déjà à l’entrée du "
           "port, où personne ne sait combien de temps cela va durer. « Nous avons été très patients », dit un délégué."),
    "es": (WESTERN, "Las grúas siguen paradas",
           "Los conductores de las grúas dejaron de trabajar el lunes por la mañana y once barcos esperan ya a la "
           "entrada del puerto. ¿Cuánto durará? «Nadie lo sabe», dijo una portavoz de la compañía, que pidió más días."),
    "it": (WESTERN, "Le gru sono ferme perché manca l’accordo",
           "I gruisti hanno incrociato le braccia lunedì mattina e undici navi aspettano già all’ingresso del porto. "
           "«Non c’è più pazienza», ha detto un delegato, perché i turni sono cambiati senza che nessuno lo sapesse così."),
    "pt": (WESTERN, "As gruas não se mexem",
           "Os condutores de gruas pararam na segunda-feira de manhã e onze navios já esperam à entrada do porto, "
           "onde ninguém sabe quanto tempo a situação vai durar. “Não há solução à vista”, disse a direção."),
    "nl": (("cp1252",), "Havenbeheerders coördineren de staking",
           "De kraanmachinisten hebben maandagochtend het werk neergelegd en elf schepen wachten al voor de haven. "
           "“Eén ding is zeker,” zei een woordvoerder, “de reële kosten zijn hoger dan de financiële ruimte van het bedrijf.”"),
    "sv": (WESTERN, "Kranarna står stilla",
           "Kranförarna i västra bassängen lade ner arbetet på måndagen och elva fartyg väntar nu utanför hamnen. "
           "Ingen vet hur länge det kommer att pågå, men många är övertygade om att förhandlingarna är över."),
    "da": (WESTERN, "Kranerne står stille på havnen",
           "Kranførerne nedlagde arbejdet mandag morgen, og elleve skibe ligger allerede og venter ud for havnen. "
           "Ingen ved, hvor længe det vil vare, men både rederiet og fagforeningen siger, at de ønsker en løsning."),
    "no": (WESTERN, "Kranene står stille på kaia",
           "Kranførerne la ned arbeidet mandag morgen, og elleve skip ligger allerede og venter utenfor havna. Ingen "
           "vet hvor lenge det vil vare, men både rederiet og fagforeningen sier at de ønsker å få en løsning så fort."),
    "fi": (("cp1252", "iso8859_15"), "Nosturit eivät liiku",
           "Nosturinkuljettajat keskeyttivät työnsä maanantaiaamuna, ja yksitoista laivaa odottaa jo sataman "
           "edustalla. Kukaan ei tiedä, kuinka pitkään tilanne jatkuu, mutta myös yhtiö sanoo, että se on ongelma."),
    "is": (("cp1252",), "Kranarnir standa kyrrir í höfninni",
           "Kranastjórar lögðu niður störf á mánudagsmorgun og ellefu skip bíða nú fyrir utan höfnina. Enginn veit "
           "hversu lengi það mun vara, en bæði fyrirtækið og félagið segjast vilja ná samkomulagi þegar þar að kemur."),
    "ca": (("cp1252",), "Les grues continuen aturades",
           "Els conductors de les grues van deixar la feina dilluns al matí i onze vaixells ja esperen a l’entrada "
           "del port. Ningú no sap quant de temps durarà això, però la direcció diu que hi haurà una solució aviat."),
    "pl": (CENTRAL, "Dźwigi stoją, załoga żąda podwyżek",
           "Operatorzy dźwigów przerwali w poniedziałek pracę, a jedenaście statków czeka już przed wejściem do portu. "
           "Nikt nie wie, jak długo to potrwa, ale związkowcy mówią, że są gotowi do rozmów, jeżeli zarząd ustąpi."),
    "cs": (CENTRAL, "Jeřáby stojí už třetí týden",
           "Jeřábníci přerušili v pondělí práci a jedenáct lodí už čeká před přístavem. Nikdo neví, jak dlouho to "
           "potrvá, ale odbory říkají, že jsou připraveny jednat, pokud vedení ustoupí a zruší nový rozpis služeb."),
    "sk": (CENTRAL, "Žeriavy stoja už tretí týždeň",
           "Žeriavnici prerušili v pondelok prácu a jedenásť lodí už čaká pred prístavom. Nikto nevie, ako dlho to "
           "potrvá, ale odbory hovoria, že sú pripravené rokovať, ak vedenie ustúpi a zruší nový rozpis služieb."),
    "hu": (CENTRAL, "Állnak a daruk a kikötőben",
           "A darukezelők hétfőn reggel beszüntették a munkát, és tizenegy hajó már a kikötő előtt vár. Senki sem "
           "tudja, meddig tart, de a szakszervezet szerint készek tárgyalni, ha az igazgatóság enged a jövő hétig."),
    "hr": (CENTRAL, "Dizalice stoje, brodovi čekaju",
           "Dizaličari su u ponedjeljak prekinuli rad i jedanaest brodova već čeka pred lukom. Nitko ne zna koliko će "
           "to trajati, ali sindikat kaže da su spremni razgovarati ako uprava odustane od novoga rasporeda što već traži."),
    "sl": (CENTRAL, "Žerjavi v pristanišču še stojijo",
           "Žerjavisti so v ponedeljek prekinili delo in enajst ladij že čaka pred pristaniščem. Nihče ne ve, kako "
           "dolgo bo to trajalo, sindikat pa pravi, da so se pripravljeni pogovarjati, če bo uprava odstopila od načrta."),
    "ro": (("cp1250", "iso8859_2"), "Macaralele stau pe loc în port",
           "Macaragiii au încetat lucrul luni dimineaţă şi unsprezece nave aşteaptă deja la intrarea în port. Nimeni "
           "nu ştie cât va dura, dar sindicatul spune că este gata să discute dacă direcţia va renunţa la planul său."),
    "tr": (("cp1254", "iso8859_9"), "Liman işçileri greve çıktı, vinçler duruyor",
           "İşçiler perşembe günü işi bıraktı ve on bir gemi limanın girişinde bekliyor. Bunun ne kadar süreceğini "
           "kimse bilmiyor, ama sendika yönetimin yeni çizelgeden vazgeçmesi için görüşmeye hazır olduğunu söyledi."),
    "lt": (BALTIC, "Kranai stovi, laivai laukia įplaukimo",
           "Kranininkai pirmadienį nutraukė darbą, ir vienuolika laivų jau laukia prie uosto vartų. Niekas nežino, "
           "kiek tai truks, bet profesinė sąjunga sako, kad yra pasirengusi derėtis, jeigu vadovybė nusileis už metų."),
    "lv": (BALTIC, "Celtņi stāv, kuģi gaida pie ostas",
           "Celtņu vadītāji pirmdien pārtrauca darbu, un vienpadsmit kuģi jau gaida pie ostas vārtiem. Neviens nezina, "
           "cik ilgi tas turpināsies, bet arodbiedrība saka, ka ir gatava sarunām, ja vadība atteiksies no šī grafika."),
    "et": (("cp1257", "cp1252"), "Kraanad seisavad, töö on peatatud",
           "Kraanajuhid katkestasid esmaspäeval töö ja üksteist laeva ootab juba sadama ees. Keegi ei tea, kui kaua "
           "see kestab, aga ametiühing ütleb, et on valmis läbi rääkima, kui juhtkond loobub uuest töögraafikust ning žestidest."),
    "sq": (("cp1252", "cp1250"), "Vinçat janë ndalur në port",
           "Punëtorët e vinçave e ndërprenë punën të hënën në mëngjes dhe njëmbëdhjetë anije po presin para portit. "
           "Askush nuk e di se sa do të zgjasë kjo, por sindikata thotë se është gati për bisedime me drejtorinë."),
    "ru": (CYRILLIC, "Краны стоят третью неделю",
           "Крановщики в понедельник прекратили работу, и одиннадцать судов уже ждут у входа в порт. Никто не знает, "
           "как долго это продлится, но профсоюз заявил, что готов к переговорам, если руководство откажется от графика."),
    "uk": (("cp1251", "koi8_u"), "Крани стоять, ніхто не знає чому",
           "Кранівники в понеділок припинили роботу, і одинадцять суден уже чекають біля входу в порт. Ніхто не знає, "
           "як довго це триватиме, але профспілка заявила, що готова до переговорів, якщо її вимоги буде виконано."),
    "bg": (("cp1251",), "Крановете стоят, корабите чакат",
           "Кранистите спряха работа в понеделник и единадесет кораба вече чакат пред входа на пристанището. Никой не "
           "знае колко ще продължи това, но синдикатът заяви, че е готов да преговаря, ако ръководството отстъпи."),
    "sr": (("cp1251",), "Дизалице стоје већ трећу недељу",
           "Дизаличари су у понедељак прекинули рад и једанаест бродова већ чека пред луком. Нико не зна колико ће то "
           "трајати, али синдикат каже да су спремни да разговарају ако управа одустане од новог распореда."),
    "mk": (("cp1251",), "Крановите стојат, бродовите чекаат",
           "Краниџиите во понеделникот ја прекинаа работата и единаесет брода веќе чекаат пред пристаништето. Никој не "
           "знае колку ќе трае ова, но синдикатот вели дека е подготвен за разговори ако раководството се откаже."),
    "be": (("cp1251",), "Краны стаяць ужо трэці тыдзень",
           "Кранаўшчыкі ў панядзелак спынілі працу, і адзінаццаць суднаў ужо чакаюць каля ўваходу ў порт. Ніхто не "
           "ведае, як доўга гэта працягнецца, але прафсаюз заявіў, што гатовы да перамоў, калі кіраўніцтва саступіць."),
    "el": (("cp1253", "iso8859_7"), "Οι γερανοί μένουν ακίνητοι",
           "Οι χειριστές γερανών σταμάτησαν τη δουλειά τη Δευτέρα το πρωί και έντεκα πλοία περιμένουν ήδη έξω από το "
           "λιμάνι. Κανείς δεν ξέρει πόσο θα κρατήσει αυτό, αλλά το σωματείο λέει ότι είναι έτοιμο να συζητήσει."),
    "he": (("cp1255", "iso8859_8"), "העגורנים עומדים זה שבוע",
           "מפעילי העגורנים הפסיקו לעבוד ביום שני בבוקר, ואחת עשרה אוניות כבר ממתינות מחוץ לנמל. איש אינו יודע כמה "
           "זמן זה יימשך, אבל הוועד אומר שהוא מוכן לדבר אם ההנהלה תוותר על סידור העבודה החדש של השנה."),
    "ar": (("cp1256", "iso8859_6"), "الرافعات متوقفة في الميناء",
           "توقف سائقو الرافعات عن العمل صباح الاثنين، وهناك إحدى عشرة سفينة تنتظر خارج الميناء. لا أحد يعرف كم من "
           "الوقت سيستمر هذا، لكن النقابة قالت إنها مستعدة للتفاوض إذا تراجعت الإدارة عن الجدول الجديد الذي أعلنته."),
    "fa": (("cp1256",), "جرثقيل‌ها در بندر ايستاده‌اند".replace("\u200c", "\u200c"),
           "رانندگان جرثقيل صبح دوشنبه دست از کار کشيدند و يازده کشتي بيرون بندر منتظر هستند. هيچ‌کس نمي‌داند که اين "
           "وضع تا چه زماني ادامه خواهد داشت، اما اتحاديه گفت که براي گفتگو با مديران بندر آماده است."),
    "th": (("cp874",), "เครนหยุดทำงานที่ท่าเรือ",
           "คนขับเครนหยุดทำงานเมื่อเช้าวันจันทร์ และมีเรือสิบเอ็ดลำกำลังรออยู่นอกท่าเรือ ไม่มีใครรู้ว่าเรื่องนี้จะใช้เวลานานแค่ไหน "
           "แต่สหภาพแรงงานบอกว่าพร้อมที่จะเจรจาถ้าฝ่ายบริหารยอมยกเลิกตารางงานใหม่"),
    "ja": (("cp932", "euc_jp", "iso2022_jp"), "港のクレーンが止まったまま",
           "西側の港で働くクレーンの運転手たちは月曜日の朝に仕事をやめ、すでに十一隻の船が沖で待っている。いつまで続くのかは誰にもわからないが、"
           "組合は会社が新しい勤務表を取り下げれば話し合いに応じると述べた。"),
    "zh": (("gb18030",), "港口起重机停工进入第三周",
           "西区的起重机司机星期一早上停止了工作，已经有十一艘船在港外等候。没有人知道这种情况会持续多久，但是工会表示，"
           "如果管理层收回新的排班表，他们愿意进行谈判。这个城市的商店里，面粉和油的价格从二月以来已经上涨了一倍。"),
    "zh-tw": (("big5",), "港口起重機停工進入第三週",
              "西區的起重機司機星期一早上停止了工作，已經有十一艘船在港外等候。沒有人知道這種情況會持續多久，但是工會表示，"
              "如果管理階層收回新的排班表，他們願意進行談判。這個城市的商店裡，麵粉和油的價格從二月以來已經上漲了一倍。"),
    "ko": (("cp949", "euc_kr"), "항구의 크레인이 멈춰 있다",
           "서쪽 부두의 크레인 기사들이 월요일 아침에 일을 멈추었고 이미 열한 척의 배가 항구 밖에서 기다리고 있다. 언제까지 이어질지는 아무도 모르지만 "
           "노조는 회사가 새 근무표를 거두어들이면 대화에 나설 준비가 되어 있다고 말했다."),
    "vi": (("cp1258",), "Cần cẩu ngừng hoạt động ở cảng",
           "Những người lái cần cẩu đã ngừng làm việc từ sáng thứ hai và mười một con tàu đang chờ ở ngoài cảng. Không ai "
           "biết việc này sẽ kéo dài bao lâu, nhưng công đoàn nói rằng họ sẵn sàng đàm phán với ban quản lý của cảng."),
}  # fmt: skip
"""Code pages, a headline and a paragraph of each language."""

_PLAINER = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "’": "'", "–": "-", "«": '"', "»": '"', "€": "EUR", "¿": ""}
)


def _encoded(text: str, page: str) -> bytes:
    """Encode ``text`` in ``page``, with simpler characters for those that it lacks."""
    if page == "cp1258":
        return b"".join(_vietnamese(character) for character in text)
    try:
        return text.encode(page)
    except UnicodeEncodeError:
        return text.translate(_PLAINER).encode(page)


def _vietnamese(character: str) -> bytes:
    """Encode a letter in cp1258, which has tones as separate combining marks."""
    import unicodedata

    try:
        return character.encode("cp1258")
    except UnicodeEncodeError:
        parts = unicodedata.normalize("NFD", character)
        base, tone = parts[0] + "".join(parts[1:]), ""
        for mark in "\u0300\u0301\u0303\u0309\u0323":
            if mark in parts:
                base, tone = parts.replace(mark, ""), mark
        return (unicodedata.normalize("NFC", base) + tone).encode("cp1258")


def encoded_texts() -> Iterator[tuple[str, str, str, bytes]]:
    """Yield language, code page, ``short`` or ``long``, and the bytes of a text file."""
    for language, (pages, headline, paragraph) in TEXTS.items():
        for page in pages:
            for size, text in (
                ("short", f"{headline}\n"),
                ("long", f"{headline}\n\n{paragraph}\n\n{paragraph}\n"),
            ):
                yield language, page, size, _encoded(text, page)


def expected(language: str, page: str, size: str) -> str:
    """Return the text that must be decoded from the bytes."""
    _, headline, paragraph = TEXTS[language]
    text = f"{headline}\n" if size == "short" else f"{headline}\n\n{paragraph}\n\n{paragraph}\n"
    try:
        text.encode(page)
    except UnicodeEncodeError:
        return text if page == "cp1258" else text.translate(_PLAINER)
    return text
