"""Stories are lived once for all, in the background, and only as long as somebody waits."""

from __future__ import annotations

import threading
import time

import pytest

from dashboards.app.turns import Turns
from dashboards.story import shelf as module
from dashboards.story.shelf import Shelf
from dashboards.story.stories import STORIES
from tests.story_world import LEAK, compared, english, lived


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    """Nobody draws a page here."""
    monkeypatch.setattr(module, "REST_S", 0.0)


def until(true, seconds=10.0):
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.005)


@pytest.fixture
def slowly(monkeypatch):
    """Stories that go on by a day whenever they are let."""
    lived()  # once for all tests, and not while one waits
    gate, days = threading.Semaphore(0), []

    def live(story, plans, tick):
        for day in range(1, 5):
            assert gate.acquire(timeout=10)
            days.append((story.id, day))
            tick(day, 4)
        return lived()

    monkeypatch.setattr(module, "live_worlds", live)
    monkeypatch.setattr(module, "plans_of", lambda story, *size: [])
    monkeypatch.setattr(
        module, "with_intervals", lambda story, tick, **_: compared(story, [[1, 0.5, 0.7]] * 2)
    )
    return gate, days


def test_all_who_ask_share_one_story(slowly):
    gate, days = slowly
    shelf = Shelf()
    first, leave = shelf.ask(LEAK)
    second, _ = shelf.ask(LEAK)
    assert first is second
    assert first.told(english()) == ""
    gate.release(2)
    until(lambda: first.state.share == 0.5)
    leave()  # one still waits
    gate.release(2)
    until(lambda: first.state.done)
    assert [day for _, day in days] == [1, 2, 3, 4]
    assert shelf.ask(LEAK)[0] is first
    assert first.state.lived.comparison is not None
    assert "95% interval" in first.told(english())
    assert first.told(english()) is first.told(english())


def test_a_story_that_nobody_waits_for_is_given_up(slowly):
    gate, days = slowly
    shelf = Shelf()
    entry, leave = shelf.ask(LEAK)
    gate.release(1)
    until(lambda: days)
    leave()
    leave()  # leaving twice is leaving once
    assert entry.stopped
    gate.release(1)
    again, _ = shelf.ask(LEAK)
    assert again is not entry
    gate.release(10)
    until(lambda: again.state.done)
    assert not entry.state.done
    assert len(days) <= 6


def test_a_story_that_is_prepared_is_there_at_once_and_gets_its_intervals_when_asked_for(slowly):
    gate, days = slowly
    shelf = Shelf()
    gate.release(4)
    shelf.prepare(LEAK)
    until(lambda: shelf._entries[LEAK.id].stopped)
    assert shelf._entries[LEAK.id].state.lived.comparison is None
    entry, _ = shelf.ask(LEAK)
    assert "As it is" in entry.told(english())
    until(lambda: entry.state.done)
    assert entry.state.lived.comparison is not None
    assert len(days) == 4  # they were lived once


def test_long_work_of_others_and_a_story_take_turns(slowly):
    gate, days = slowly
    turns, other = Turns(moment=0.0), object()
    turns.enter(other)
    shelf = Shelf(turns=turns)
    entry, leave = shelf.ask(LEAK)
    gate.release(4)
    until(lambda: turns.waiting == 1)
    assert not days
    turns.tick(other, lambda: False)  # comes back when the story has had its moment
    assert days
    turns.leave(other)
    until(lambda: entry.state.done)
    gave_up, leave = shelf.ask(STORIES["rumour"])
    turns.enter(other)
    leave()
    until(lambda: gave_up.stopped)
    turns.leave(other)


def test_one_story_is_lived_at_a_time(slowly):
    gate, days = slowly
    shelf = Shelf()
    first, _ = shelf.ask(LEAK)
    second, _ = shelf.ask(STORIES["rumour"])
    gate.release(8)
    until(lambda: first.state.done and second.state.done)
    assert [name for name, _ in days] == ["leak"] * 4 + ["rumour"] * 4


def test_what_goes_wrong_is_told_and_can_be_tried_again(monkeypatch):
    def fail(*_):
        raise ValueError("the model is not well")

    monkeypatch.setattr(module, "live_worlds", fail)
    shelf = Shelf(60, 20)
    entry, _ = shelf.ask(LEAK)
    until(lambda: entry.state.done)
    assert entry.state.error == "the model is not well"
    assert entry.state.lived is None
    assert shelf.ask(LEAK)[0] is not entry


def test_a_small_story_is_lived_with_intervals():
    shelf = Shelf(80, 110, 2)
    entry, _ = shelf.ask(LEAK)
    until(lambda: entry.state.done, 240)
    assert entry.state.error == ""
    assert entry.state.lived.comparison.replicates == 2
    assert entry.state.lived.tracks[0].days == 110
    assert "As it is" in entry.told(english())
