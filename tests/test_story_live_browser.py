"""The page of stories in a running dashboard: lived, played, changed, and taken away as a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.browser_files import opened_files


def day_of(page: Any) -> int:
    return int(page.locator("input[type=range]").input_value())


def test_a_story_is_lived_played_and_saved_as_a_file_that_plays(
    visit: Any, browser: Any, tmp_path: Path
) -> None:
    page = visit("/story", language="fr")
    page.locator(".st-maps canvas").wait_for()
    assert page.locator("h1").first.inner_text() == "Une fuite à Agadez"
    page.select_option(".st-controls select", "fast")
    page.locator(".st-play").click()
    while day_of(page) < 3:
        page.wait_for_timeout(50)
    page.locator(".st-play").click()
    page.locator(".st-switch").click()
    assert page.locator(".st-maps canvas").count() == 2
    with page.expect_download() as coming:
        page.get_by_role("button", name="Enregistrer toute").click()
    assert coming.value.suggested_filename == "waytrust-leak.fr.html"
    coming.value.save_as(tmp_path / "story.html")
    with opened_files(browser) as look:
        saved = look(tmp_path / "story.html", (1366, 768))
        assert saved.locator("html").get_attribute("lang") == "fr"
        saved.locator("input[type=range]").fill("150")
        assert "Jour 150" in saved.locator(".st-day").inner_text()
        saved.keyboard.press("Space")
        while day_of(saved) < 152:
            saved.wait_for_timeout(50)


def test_another_story_is_chosen_and_left_again(visit: Any) -> None:
    page = visit("/story")
    page.locator(".st-maps canvas").wait_for()
    page.select_option(".st-stories", "officers")
    page.get_by_role("heading", name="Officers at a clinic in Tijuana", level=1).wait_for()
    page.get_by_role("status").filter(has_text="being lived").wait_for()
    page.get_by_role("link", name="Home").click()
    page.locator("nav a[aria-current]:text-is('Home')").wait_for()
    page.get_by_role("link", name="Story").first.click()
    page.locator(".st-maps canvas").wait_for()  # the first story was kept
