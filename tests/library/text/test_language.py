import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.text.language import guess_language

SENTENCES = """
en|The workers of the port said on Thursday that they will stay out for another week.
de|Die Arbeiter des Hafens sagten am Donnerstag, dass sie noch eine Woche nicht zur Arbeit gehen.
fr|Les ouvriers du port ont dit jeudi qu'ils restent dans la rue pour une semaine avec les autres.
es|Los trabajadores del puerto dijeron el jueves que no van a volver por una semana más.
it|I lavoratori del porto hanno detto che non tornano al lavoro per una settimana e che la lotta è lunga.
pt|Os trabalhadores do porto disseram que não voltam ao trabalho por mais uma semana, com o apoio da cidade.
nl|De arbeiders van de haven zeiden dat ze nog een week niet naar het werk gaan en dat is niet alles.
sv|Arbetarna i hamnen sade på torsdagen att de inte går till arbetet och att det är för tidigt.
pl|Pracownicy portu powiedzieli w czwartek, że nie wrócą do pracy i że to jest dla nich ważne.
cs|Pracovníci přístavu řekli, že se do práce nevrátí a že je to pro ně důležité, ale že jsou ve střehu.
hu|A kikötő munkásai azt mondták, hogy nem mennek dolgozni, és ez csak az első hét volt, meg egy nap.
tr|Liman işçileri bir hafta daha çalışmayacak ve bu karar için destek çok büyük olarak görüldü.
fi|Sataman työntekijät sanoivat, että he eivät palaa, ja se on vasta alku, mutta myös tärkeä.
ru|Рабочие порта сказали, что они не вернутся на работу, и это ещё не конец для них.
uk|Робітники порту сказали, що вони не повернуться на роботу, і це ще не кінець для їхньої країни її.
el|Οι εργάτες του λιμανιού είπαν ότι δεν επιστρέφουν.
ja|港の労働者たちは木曜日に、もう一週間仕事に戻らないと言った。
zh|港口工人周四表示，他们将再罢工一周。
ko|항구 노동자들은 목요일에 일주일 더 파업한다고 말했다.
ar|قال عمال الميناء يوم الخميس إنهم لن يعودوا إلى العمل.
he|עובדי הנמל אמרו ביום חמישי שלא יחזרו לעבודה.
th|คนงานท่าเรือกล่าวเมื่อวันพฤหัสบดี
hi|बंदरगाह के मज़दूरों ने गुरुवार को कहा।
""".strip().splitlines()


@pytest.mark.parametrize("line", SENTENCES)
def test_a_sentence_is_enough_to_guess_the_language(line):
    language, _, text = line.partition("|")
    assert guess_language(text) == language


@pytest.mark.parametrize("text", ["", "12345 !!", "Xyzzy plugh", "Strava"])
def test_too_little_text_gives_no_language(text):
    assert guess_language(text) == ""


@given(st.text(max_size=200))
def test_guessing_never_fails(text):
    guess_language(text)
