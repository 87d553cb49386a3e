"""A saved story in a real browser: it plays, asks nothing of any network, and is for everyone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dashboards.languages import language_of
from dashboards.story.offline import offline_html
from dashboards.story.payload import as_json
from tests.browser_files import opened_files, window
from tests.report_world import axe_script
from tests.story_world import DAYS, lived

FRAME_EVERY = 1000 / 25


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    place = tmp_path_factory.mktemp("stories")
    found = {}
    for code in ("en", "ar"):
        language = language_of(code, "report")
        found[code] = place / f"{code}.html"
        told = as_json(lived(), language)
        found[code].write_text(offline_html(told, language), encoding="utf-8")
    return found


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    # Without a graphics card, pictures are drawn by the processor, and always the same.
    with window("--disable-gpu") as found:
        yield found


@pytest.fixture
def seen(browser: Any, files: dict[str, Path]) -> Iterator[Any]:
    """Opens a story; at the end, nothing was asked of a network and nothing was complained of."""
    with opened_files(browser) as look:
        yield lambda code="en", size=(1366, 768), **settings: look(files[code], size, **settings)


def day_of(page: Any) -> int:
    return int(page.locator("input[type=range]").input_value())


def wait_for_day(page: Any, day: int) -> None:
    for _ in range(400):  # what a page may run is bounded by its policy, so that this asks itself
        if day_of(page) > day:
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"it never came beyond day {day}")


def drawn(page: Any, number: int = 0) -> str:
    """What a map shows now."""
    text: str = page.evaluate(f"document.querySelectorAll('.st-maps canvas')[{number}].toDataURL()")
    return text


def test_it_plays_and_pauses(seen: Any) -> None:
    page = seen()
    page.select_option(".st-controls select", "fast")
    page.keyboard.press("Space")
    wait_for_day(page, 3)
    assert page.locator(".st-play").get_attribute("aria-label") == "Pause"
    page.locator(".st-play").click()
    assert page.locator(".st-play").get_attribute("aria-label") == "Play"
    day = day_of(page)
    picture = drawn(page)
    page.wait_for_timeout(150)
    assert (day_of(page), drawn(page)) == (day, picture)
    assert page.locator(".st-day").text_content() == f"Day {day} of {DAYS - 1}"


def test_the_keyboard_does_everything(seen: Any) -> None:
    page = seen()
    page.locator(".st-see").focus()
    for key, day in (("ArrowRight", 1), ("ArrowUp", 8), ("ArrowLeft", 7), ("ArrowDown", 0),
                     ("End", DAYS - 1), ("Home", 0), ("n", 90), ("n", 100), ("p", 90)):  # fmt: skip
        page.keyboard.press(key)
        assert day_of(page) == day, key
    page.keyboard.press("f")
    assert page.locator(".st-full").count() == 1
    assert page.get_by_text("This is a simulation. No dot is a person.").first.is_visible()
    page.keyboard.press("f")
    page.locator(".st-switch").focus()
    page.keyboard.press("Space")
    assert page.locator(".st-switch").get_attribute("aria-checked") == "true"
    assert page.locator(".st-maps canvas").count() == 2
    assert page.locator(".st-play").get_attribute("aria-label") == "Play"


def test_both_worlds_run_on_one_clock(seen: Any) -> None:
    page = seen()
    page.locator(".st-switch").click()
    seek(page, 140)
    assert drawn(page, 0) == drawn(page, 1)  # the firewall comes later
    seek(page, 160)
    assert drawn(page, 0) != drawn(page, 1)
    captions = page.locator(".st-caption").all_text_contents()
    assert captions[0].startswith("With the leak")
    assert "Niger agrees" in captions[1]


def seek(page: Any, day: int) -> None:
    page.locator("input[type=range]").fill(str(day))


def test_captions_and_words_follow_the_day(seen: Any) -> None:
    page = seen()
    seek(page, 90)
    assert "Imagined: a list" in page.locator(".st-caption").text_content()
    said = page.locator("[aria-live]").text_content()
    assert said.startswith("With the leak, day 90:")
    assert "Imagined: a list" in said
    page.get_by_role("button", name="As it is").click()
    assert "Imagined" not in page.locator(".st-caption").text_content()
    name = page.locator(".st-maps canvas").get_attribute("aria-label")
    assert name.startswith("Map of the route")
    page.locator("summary").click()
    assert page.locator("details table").count() == 2


def test_the_same_day_is_the_same_picture(seen: Any) -> None:
    one, two = seen(), seen()
    for page in (one, two):
        seek(page, 120)
    assert drawn(one) == drawn(two)
    seek(one, 119)
    assert drawn(one) != drawn(two)


def test_pictures_are_saved_without_a_network(seen: Any, tmp_path: Path) -> None:
    page = seen()
    seek(page, 104)
    for kind, start in (("png", b"\x89PNG"), ("svg", b"<svg xmlns")):
        with page.expect_download() as coming:
            page.locator(f"[data-save={kind}]").click()
        assert coming.value.suggested_filename == f"waytrust-leak-day-104.{kind}"
        coming.value.save_as(tmp_path / kind)
        assert (tmp_path / kind).read_bytes().startswith(start)
    drawing = (tmp_path / "svg").read_text(encoding="utf-8")
    for words in ("No dot is a person", "Agadez", "Leak", "Day 104"):
        assert words in drawing
    assert "http" not in drawing.replace("http://www.w3.org/2000/svg", "")


def test_a_film_is_recorded_that_plays(seen: Any, tmp_path: Path) -> None:
    page = seen()
    # It takes as long as it lasts, so let the clock of the page run twenty times as fast.
    page.evaluate("""() => {
      const now = performance.now.bind(performance);
      performance.now = () => 20 * now();
    }""")
    film = page.locator("[data-save=film]")
    kind = film.inner_text().removeprefix("Film (").rstrip(")").lower()
    with page.expect_download() as coming:
        film.click()
    assert coming.value.suggested_filename == f"waytrust-leak.{kind}"
    coming.value.save_as(tmp_path / f"film.{kind}")
    player = page.context.new_page()
    player.goto((tmp_path / f"film.{kind}").as_uri())
    played = player.locator("video")
    played.wait_for()
    assert played.evaluate("""film => new Promise((done) => {
      film.addEventListener("timeupdate", () => film.currentTime > 0.2 && done(
        [film.videoWidth, film.videoHeight, film.error]));
      film.muted = true;
      film.play();
    })""") == [1600, 900, None]
    player.close()


@pytest.mark.parametrize(("code", "size"), [("en", (1366, 768)), ("ar", (390, 844))])
def test_it_fits_its_window_and_axe_finds_nothing(
    seen: Any, code: str, size: tuple[int, int]
) -> None:
    page = seen(code, size, color_scheme="dark" if code == "ar" else "light")
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    page.evaluate("document.querySelector('details').open = true")
    page.evaluate(axe_script())
    found = page.evaluate("axe.run(document)")
    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []
    assert page.evaluate("getComputedStyle(document.querySelector('.st-maps')).direction") == "ltr"
    body = page.evaluate("getComputedStyle(document.querySelector('.st-side')).direction")
    assert body == ("rtl" if code == "ar" else "ltr")


def test_nothing_stands_apart_from_its_map(seen: Any) -> None:
    page = seen()
    stage, side, play = (page.locator(f".st-{n}").bounding_box() for n in
                         ("stage", "side", "controls"))  # fmt: skip
    lowest = max(each["y"] + each["height"] for each in (side, play))
    assert stage["y"] + stage["height"] == pytest.approx(lowest, abs=2)


def test_who_asks_for_less_motion_gets_it(seen: Any) -> None:
    page = seen(reduced_motion="reduce")
    page.select_option(".st-controls select", "fast")
    page.keyboard.press("Space")
    wait_for_day(page, 2)
    page.keyboard.press("Space")
    day = day_of(page)
    picture = drawn(page)
    seek(page, day + 1)
    seek(page, day)
    assert drawn(page) == picture  # it stood on a whole day


def test_without_a_script_the_story_is_told_in_words(seen: Any) -> None:
    page = seen(java_script_enabled=False)
    text = page.locator("body").inner_text()
    for words in ("This is a simulation. No dot is a person.", "Day 90: Imagined", "When word"):
        assert words in text


def test_it_is_drawn_often_enough(seen: Any) -> None:
    page = seen()
    seek(page, 100)
    clock = page.context.new_cdp_session(page)
    clock.send("Performance.enable", {"timeDomain": "threadTicks"})  # not the wall

    def worked() -> float:
        found = clock.send("Performance.getMetrics")["metrics"]
        return next(float(each["value"]) for each in found if each["name"] == "TaskDuration")

    before = worked()
    page.evaluate("""() => {
      const day = document.querySelector("input[type=range]");
      for (let n = 0; n < 40; n += 1) {
        day.value = 100 + n;
        day.dispatchEvent(new Event("input"));
      }
    }""")
    assert 1000 * (worked() - before) / 40 < FRAME_EVERY
