import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.importing.paragraphs.joins import join_paragraphs

WHOLE = "The port stayed shut for a second week on Thursday."
LEFT = "Dock workers in the northern port voted on Thursday to stay out for"
RIGHT = "another week, the union said."


def joined(*blocks, language="en", title=""):
    return join_paragraphs(list(blocks), language, title)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (LEFT, RIGHT),
        (
            "He had voted in Paris, Berlin,",
            "London and Rome, he said to the court on the last day of the trial.",
        ),
        ("The next batch of the papers is expected to come on", "Monday, the court said."),
        ("The union spoke with Mr.", "Smith on Thursday."),
        ("The contract of which the leader spoke is generating: “It", "seems like every day there is more.”"),
        (
            "그는 어제 서울에 도착했다. 그리고 오늘 아침 일찍 여의도공원 문화의마당에서 열린 행사에 참석한 뒤",
            "피날레 유세에서 말했다.",
        ),
    ],
)
def test_a_cut_paragraph_is_joined(left, right):
    result = joined(left, right, language="ko" if "서울" in left else "en")
    assert result.blocks == [f"{left} {right}"]
    assert result.count == 1


LANGUAGES = {"Streik": "de", "Hafen": "de", "Les ": "fr", "Los ": "es"}
PROSE = "The ministers met on Thursday in the old customs house, and nobody spoke of it."
LONG = "and the ministers left the island at noon without having met a single one of the dockers."


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Both unions had incurred losses nearing", "2,000 dollars a head in a dispute that goes on."),
        ("The port handles more than 60 percent of imports, worth nearly", "2,000 million dollars a year."),
        ("Customs officers counted that morning at the quay", "1 200 crates of lemons, three of them empty."),
        ("The fine for a ship that stays was doubled to", "€40,000, the harbour master said on Monday."),
        (
            "Every family on the northern shore lost an average",
            "$3,400 in the first three weeks of the strike.",
        ),
        (
            "Prices for flour rose in the old town by a further",
            "12.5 percent, and those of oil by twice that.",
        ),
        ("The treaty, as the minister of the day said in July", "2014, was never meant for the islands."),
        ("Die Hafenbehörde meldete am Abend einen Schaden von rund", "2.000 Euro je Schiff und Tag."),
        ("Les pertes des pêcheurs atteignent depuis le début près de", "2 000 euros par bateau."),
        (
            "Los astilleros perdieron desde el inicio del paro casi",
            "2.000 millones de pesos, según el gobierno.",
        ),
        ("The spokesman for the minister of transport, Lord", "Harcourt, said the government would not act."),
        ("The talks were opened in the evening by President", "Marlow, who had flown in from the capital."),
        ("Der Streik traf am Morgen auch die Reise von Präsidentin", "Marlow, die am Mittag erwartet wurde."),
        ("The plaque was laid in worn letters in honour of John", "F. Harcourt (1917–1963), harbour master."),
        ("“There is nothing at all left to be said about it,”", "Oliveira said as she left the building."),
        ("The chief of the union (whom nobody had seen since", "Monday) spoke to the dockers at noon."),
        ("He called the plan “a gift to the owners of the", "Alder Line” and left the room in anger."),
        (
            "The dockers at the gate voted to stay out once more",
            "– and nobody was surprised, least of all them.",
        ),
        (
            "The law of that year was drafted in the evening by John F.",
            "Harcourt, who had never seen a ship.",
        ),
        ("A spokeswoman for the dockers of the northern terminal, Jane", "Roe, said that talks would go on."),
        (
            "It was the first time in years that the flag of the United",
            "Nations flew above the customs house.",
        ),
        (
            "« Nous ne partirons pas avant la fin de la semaine », a déclaré",
            "Jeanne Roe. Elle n’a pas souri.",
        ),
        (
            "“Nobody has asked the dockers what they think,” said",
            "Oliveira, who has led the union since spring.",
        ),
        (
            "It was the biggest strike in the history of Port Alder's",
            "Northern Terminal, which opened long ago.",
        ),
        ("The leader of the union said that the owners were “", "Not one of us, and never were,” and left."),
        ("A barrel of oil rose in price by no less than 34", "% within a week of the vote at the gate."),
    ],
)
def test_a_sentence_continues_before_a_number_a_name_or_a_mark(left, right):
    language = next((code for word, code in LANGUAGES.items() if word in left), "en")
    right = f"{right} {PROSE}"
    blocks = [PROSE, left, right, PROSE]
    assert joined(*blocks, language=language).blocks == [PROSE, f"{left} {right}", PROSE]


def test_a_name_known_from_the_text_continues_a_sentence():
    blocks = [
        "Xi Jinping spoke on Monday of plans.",
        PROSE,
        "In September, so the papers said, President Xi",
        "Jinping announced that emissions would fall by a tenth.",
    ]
    assert joined(*blocks).blocks[2:] == [f"{blocks[2]} {blocks[3]}"]


def test_a_name_divided_after_its_hyphen_keeps_the_hyphen():
    left, right = (
        "The union's chief negotiator, Maria Oliveira-",
        "Santos, said talks would resume on Monday.",
    )
    assert joined(left, right).blocks == [left + right]
    left = "Hail that was golf ball-"
    assert joined(left, "to tennis ball-sized fell.").blocks == [f"{left} to tennis ball-sized fell."]


def test_weaker_evidence_counts_only_in_a_text_that_is_broken_elsewhere():
    paragraphs = [f"{PROSE} {LONG.capitalize()}"] * 12
    left = "The union of the dockers of the northern terminal, which nobody had asked, will fine"
    right = "Rudolph for his role in the fight of the week before."
    assert joined(*paragraphs, left, right).count == 0
    broken = joined(LEFT, RIGHT, *paragraphs, left, right)
    assert broken.blocks[-1] == f"{left} {right}"
    assert broken.count == 2


def test_two_breaks_are_at_least_a_page_apart():
    left = "The union of the dockers of the northern terminal, which nobody had asked, will fine"
    blocks = [PROSE, LEFT, RIGHT, left, "Rudolph for his role in the fight of the week before."]
    assert joined(*blocks).count == 1


@pytest.mark.parametrize("mark", ["2", "Page 2 of 9", "\f"])
def test_three_words_before_a_page_mark_are_enough(mark):
    blocks = [PROSE, "US analysts said", mark, "Russia appears to be preparing for something else.", PROSE]
    witness = [f"{LEFT}", "3", RIGHT]
    assert (
        joined(*blocks, *witness).blocks[1]
        == "US analysts said Russia appears to be preparing for something else."
    )


def test_the_headline_in_capitals_at_the_head_of_a_page_is_removed():
    blocks = [PROSE, LEFT, "HARBOUR STRIKE", RIGHT, PROSE]
    assert joined(*blocks, title="Harbour Strike").blocks == [PROSE, f"{LEFT} {RIGHT}", PROSE]


def test_a_long_item_of_one_line_counts_as_text():
    item = "- It is very important that the rota be kept going and widened because of the"
    assert (
        joined(PROSE, item, "diverse needs of the islands.").blocks[1]
        == f"{item} diverse needs of the islands."
    )
    short = "- It is very important"
    assert joined(PROSE, short, "diverse needs of the islands.").count == 0


VERSE = (
    "The cranes stand still above the tide,",
    "and gulls have claimed the empty quay;",
    "no whistle calls, no lorries ride",
    "the road that leads down to the sea",
)
LIST = ("fresh fish and dairy", "medicines, including insulin", "mail and small parcels")
DIALOGUE = (
    "“Will you come with us to the harbour”",
    "“I do not know”",
    "“She never says what she thinks of the”",
    "“No”",
)
LONG_LIST = (
    "the closing of the northern terminal for all ships of the line and for the ferries of the islands",
    "a rota for perishable goods and medicines",
    "the payment of all wages that have been held back since the second week of the strike in February",
    "a committee of three",
)
LONG_VERSE = (
    "Whose woods these are along the northern shore I know,",
    "the keeper of the light is in the village though and",
    "he will not see me stopping by the harbour and the",
    "Alder light to watch the water filling up with snow",
)


@pytest.mark.parametrize(
    "lines", [VERSE, LIST, DIALOGUE, LONG_VERSE, LONG_LIST, VERSE[:2], LIST[:2], (*VERSE, "", *VERSE)]
)
@pytest.mark.parametrize("after", [PROSE, "Shop owners in the old town say that shelves are emptying."])
def test_verse_lists_and_dialogue_keep_their_lines(lines, after):
    blocks = [PROSE, "They said:", *(line for line in lines if line), after]
    assert joined(*blocks).blocks == blocks
    assert joined(LEFT, RIGHT, *blocks).blocks[1:] == blocks


@pytest.mark.parametrize(
    "blocks",
    [
        (WHOLE, "another week, the union said."),
        (WHOLE, WHOLE),
        ("Dear readers,", "Thank you for writing."),
        ("# Heading in the middle of", "small letters"),
        ("## What we know of", "it stays apart"),
        ("- an item without a stop", "- another item"),
        ("> a quoted line and", "then the text"),
        ("| a | b |", "| c | d |"),
        ("**A bold line and**", "text below it"),
        ("![picture](x.png)", "caption in small letters"),
        ("```\ncode and\n```", "text after it"),
        (
            "Promoting collaboration among traders and other affected stakeholders; and",
            "Enforcing regulations.",
        ),
        ("The makers of the phone", "iPhone sales rose again."),
        ("The list of demands:", "higher pay"),
        (
            PROSE,
            "The ships that nobody had wanted were moved at last to Terminal B.",
            "Oliveira, who saw it, left.",
        ),
        (
            PROSE,
            "The second part of the plan that nobody had wanted was called Plan B.",
            "Harcourt said no word.",
        ),
        (
            "A long report on the strike, on Port Alder and on its Mayor's",
            "Sprint to the end of the dispute is here.",
        ),
        (PROSE, "A big shift, but with some wiggle room", PROSE),
        (PROSE, "Prisons plagued by understaffing for years", "3,000 guards are missing, the union said."),
        ("The story of the strike that went on without an end", "2,000 dockers stood at the gate on Friday."),
        (
            PROSE,
            "The strike of the dockers began in spring",
            "2012: the first ships lay at anchor outside the bay.",
        ),
        (
            PROSE,
            "He packed all that he had in bags. —Matt Jancer",
            "The next bag is a different one altogether.",
        ),
        (PROSE, "Read more: The strike that nobody wanted. It is the third", "Dockers stay out for longer."),
        (
            PROSE,
            "I love that they did it. https://t.example/XPxUJuyIAC",
            "— Robert Maguire, November 18, 2019",
        ),
        (
            PROSE,
            "Why the air of the city gets so bad at this time",
            "Joshua Apte, a professor, has an answer.",
        ),
        (PROSE, "So geht das nicht weiter“, so Haustein", "Die Windanomalie hatte auch deswegen Folgen."),
        ("นี่คือย่อหน้าแรกที่ไม่มีเครื่องหมายจบประโยคและยาวมากพอสมควร", "นี่คือย่อหน้าที่สอง"),
    ],
)
def test_blocks_that_only_look_cut_are_not_joined(blocks):
    result = joined(*blocks)
    assert result.blocks == list(blocks)
    assert result.count == 0


@pytest.mark.parametrize(
    "mark",
    ["3", "- 3 -", "Page 3 of 9", "Seite 3", "The Paper | Page 3 of 9", "3 / 9", "\f", "Страница 3 из 9"],
)
def test_a_page_mark_inside_a_sentence_is_removed_and_the_sentence_joined(mark):
    result = joined(WHOLE, LEFT, mark, RIGHT, WHOLE)
    assert result.blocks == [WHOLE, f"{LEFT} {RIGHT}", WHOLE]


def test_a_running_header_that_occurs_three_times_is_removed():
    result = joined(WHOLE, "The Paper 4 March", LEFT, "The Paper 4 March", RIGHT, "The Paper 5 March", WHOLE)
    assert result.blocks == [WHOLE, f"{LEFT} {RIGHT}", WHOLE]


def test_a_running_header_that_occurs_twice_is_removed_inside_a_sentence():
    head = "The Paper 4 March"
    assert joined(WHOLE, LEFT, head, RIGHT, WHOLE, head, WHOLE).blocks == [
        WHOLE, f"{LEFT} {RIGHT}", WHOLE, WHOLE,
    ]  # fmt: skip


def test_a_line_that_occurs_twice_is_kept():
    blocks = [WHOLE, "Read on", WHOLE, "Read on", WHOLE]
    assert joined(*blocks).blocks == blocks


def test_numbers_between_the_parts_of_an_essay_are_kept():
    blocks = [WHOLE, "1", WHOLE, "2", WHOLE]
    assert joined(*blocks).blocks == blocks


def test_a_refrain_of_whole_sentences_is_kept():
    blocks = ["Nobody knew.", WHOLE] * 4
    assert joined(*blocks).blocks == blocks


def test_a_word_divided_at_the_page_break_becomes_one_word():
    assert joined("It acted with impu-", "nity as before.").blocks == ["It acted with impunity as before."]
    assert joined("No impunity here. He wrote with impu-", "nity.").blocks == [
        "No impunity here. He wrote with impunity."
    ]


def test_a_compound_keeps_its_hyphen():
    assert joined("They are self-", "employed now.").blocks == ["They are self-employed now."]
    known = joined("A step-change, he said. She saw a step-", "change as well.")
    assert known.blocks == ["A step-change, he said. She saw a step-change as well."]


def test_parts_in_a_script_without_spaces_join_without_one():
    left, right = (
        "彼は東京で会見した。そして来年の予算について、関係する省庁と十分に協議したうえで、慎重に",
        "検討すると述べた。",
    )
    assert joined(left, right, language="ja").blocks == [left + right]


@given(st.lists(st.text(alphabet="ab AB.,-#*\n1", min_size=1, max_size=30).filter(str.strip), max_size=8))
def test_joining_again_never_changes_the_words(blocks):
    letters = "".join(blocks)
    result = join_paragraphs(blocks)
    assert len(result.blocks) <= len(blocks)
    assert set("".join(result.blocks)) <= set(letters) | {" "}
