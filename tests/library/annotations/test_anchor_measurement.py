"""The promise about anchors, measured: articles edited in nine ways, and where their annotations are then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pytest
from corpora import CORPORA

from benchmarks.anchor_texts import AnchorText, corpus_texts, own_texts
from benchmarks.anchors import Fate, Trial, judged, share_found, trials
from benchmarks.edits import EDITS, Traced

CORPUS = CORPORA / "text-dumps"


def misplaced(tried: Iterable[Trial]) -> list[tuple[str, str, str, str]]:
    return [
        (trial.name, trial.edit, trial.quote[:60], trial.found[:60])
        for trial in tried
        if trial.fate is Fate.WRONG
    ]


EVERY = [pytest.param(1, marks=pytest.mark.slow), 16]
"""Which of our texts are edited: all, or a sample of every script."""


def keeps_the_promise(texts: list[AnchorText], *, each: int) -> None:
    tried = list(trials(texts, known=True, each=each))
    assert misplaced(tried) == []
    assert share_found(tried) >= 0.97
    assert {trial.edit for trial in tried} == EDITS.keys()


def sample(step: int) -> list[AnchorText]:
    """Every ``step``th of our texts, of each script."""
    scripts: dict[str, list[AnchorText]] = {}
    for text in own_texts():
        scripts.setdefault(text.script, []).append(text)
    assert scripts.keys() == {"Latin", "Cyrillic", "CJK", "Arabic"}
    return [text for texts in scripts.values() for text in texts[::step]]


@pytest.mark.parametrize("step", EVERY)
def test_annotations_follow_their_passages_through_every_edit_and_never_move_to_wrong_words(step: int):
    texts = sample(step)
    assert len(texts) >= 60 // step
    keeps_the_promise(texts, each=2)


@pytest.mark.parametrize("step", EVERY)
def test_without_the_previous_text_more_become_orphans_but_none_moves_to_wrong_words(step: int):
    tried = list(trials(sample(step), known=False))
    assert misplaced(tried) == []
    assert share_found(tried) >= 0.95


@pytest.mark.slow
def test_older_annotations_without_a_record_of_similar_words_are_found_less_often():
    texts = (text for text in own_texts() if text.script == "Latin")
    tried = list(trials(texts, known=False, recorded=False))
    assert misplaced(tried) == []
    assert share_found(tried) >= 0.85


@pytest.mark.corpora
def test_annotations_follow_their_passages_in_articles_of_the_corpora():
    keeps_the_promise(list(corpus_texts(CORPUS)), each=1)


@pytest.mark.corpora
def test_in_articles_of_the_corpora_none_moves_to_wrong_words_without_the_previous_text():
    tried = list(trials(corpus_texts(CORPUS), known=False, each=1))
    assert misplaced(tried) == []
    assert share_found(tried) >= 0.95


def test_the_judge_distinguishes_right_from_wrong_places():
    text = Traced.of("one two three four five six seven")
    moved = Traced.new("new ") + text[8:] + text[:8]
    assert judged(moved, (8, 18), (4, 14)) is Fate.RIGHT
    assert judged(moved, (8, 18), (16, 26)) is Fate.WRONG
    assert judged(moved, (8, 18), None) is Fate.LOST
    assert judged(text[:8], (8, 18), None) is Fate.ORPHAN
    assert judged(text[:8], (8, 18), (0, 7)) is Fate.WRONG


def test_edits_record_the_old_place_of_every_character():
    import random

    text = next(iter(own_texts())).text
    for name, edit in EDITS.items():
        edited = edit(Traced.of(text), random.Random(name), (100, 160))
        assert len(edited.text) == len(edited.origins)
        kept = Counter(
            edited.text[place] == text[origin] for place, origin in enumerate(edited.origins) if origin >= 0
        )
        assert kept[True] > 10 * kept[False] or name == "typography"
        assert edited.text != text
