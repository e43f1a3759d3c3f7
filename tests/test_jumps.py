"""The jump list."""

from __future__ import annotations

from tuireader.reader.article_view.jumps import MOST, JumpList, JumpPosition

A, B, C, D = (JumpPosition("article", offset) for offset in (0, 100, 200, 300))


def left(*places: JumpPosition) -> JumpList:
    jumps = JumpList()
    for place in places:
        jumps.leave(place)
    return jumps


def test_back_and_forward_lead_through_the_places_that_were_left():
    jumps = left(A, B)
    assert [jumps.back(C), jumps.back(B), jumps.back(A)] == [B, A, None]
    assert [jumps.forward(A), jumps.forward(B), jumps.forward(C)] == [B, C, None]


def test_an_empty_list_leads_nowhere():
    jumps = JumpList()
    assert jumps.back(A) is None and jumps.forward(A) is None


def test_a_place_that_is_left_twice_is_one():
    jumps = left(A, A)
    assert jumps.back(B) == A
    assert jumps.back(A) is None


def test_back_from_a_place_just_left_leads_to_the_previous_one():
    assert left(A, B).back(B) == A


def test_a_jump_after_going_back_drops_what_was_ahead():
    jumps = left(A, B)
    jumps.back(C)
    jumps.leave(D)
    assert jumps.forward(C) is None
    assert jumps.back(C) == D


def test_back_returns_to_where_the_user_has_scrolled_meanwhile():
    jumps = left(A)
    assert jumps.back(B) == A
    assert jumps.forward(D) == B
    assert jumps.back(B) == D


def test_only_so_many_places_are_kept():
    jumps = left(*(JumpPosition("article", number) for number in range(3 * MOST)))
    steps = 0
    while jumps.back(None):
        steps += 1
    assert steps == MOST
