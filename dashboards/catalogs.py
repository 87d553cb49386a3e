"""Brings the catalogs of texts up to date with the code: `python -m dashboards.catalogs`.

New texts are added without a translation, and texts that are gone are left out. A test fails until
every text has a translation in every language.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dashboards.languages import KEYWORDS, LANGUAGES, LOCALES
from dashboards.meanings import meanings

__all__ = ["DOMAINS", "catalog_file", "read_catalog", "template", "update"]

DOMAINS = {
    "report": tuple(f"dashboards/{name}" for name in (
        "app", "explore", "report", "story", "workshop", "languages.py")),
    "model": (),
    "said": ("dashboards", "experiments", "scenarios", "sim"),
}  # fmt: skip
"""Files and folders whose texts each catalog holds; `model`: see `meanings`; `said`: `sim.said`."""

_ROOT = Path(__file__).parent.parent
_METHODS = {".py": "python", ".j2": "jinja2"}


def template(domain: str) -> Any:
    """Every text of a domain as a Babel catalog without translations."""
    from babel.messages.catalog import Catalog
    from babel.messages.extract import extract_from_file

    found = Catalog(project="Waytrust", charset="utf-8")
    if domain == "model":
        for thing, meaning in meanings():
            found.add(meaning, None, [(thing, 0)])
    for file in _files(domain):
        # trim_blocks and lstrip_blocks as in `rendering.environment`.
        options = {"trim_blocks": "true", "lstrip_blocks": "true"} if file.suffix == ".j2" else {}
        keywords = {"Said": None} if domain == "said" else KEYWORDS
        rows = extract_from_file(_METHODS[file.suffix], file, keywords=keywords, options=options)
        for _, text, comments, context in rows:
            place = str(file.relative_to(_ROOT).as_posix())
            found.add(text, None, [(place, 0)], auto_comments=comments, context=context)
    return found


def catalog_file(language: str, domain: str) -> Path:
    """Where the catalog of a language lies."""
    return LOCALES / language / "LC_MESSAGES" / f"{domain}.po"


def read_catalog(language: str, domain: str) -> Any:
    """The catalog of a language, as a Babel catalog."""
    from babel.messages.pofile import read_po

    with catalog_file(language, domain).open("rb") as file:
        return read_po(file, locale=language, domain=domain)


def update(domain: str) -> None:
    """Write the catalogs of a domain again, with the texts that the code has now."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import write_po

    texts = template(domain)
    for language in LANGUAGES:
        if language == "en":  # stands in the code
            continue
        known = read_catalog(language, domain) if catalog_file(language, domain).exists() else {}
        new = Catalog(locale=language, project="Waytrust", charset="utf-8", fuzzy=False)
        for message in texts:
            if message.id:
                old = known.get(message.id) if known else None
                new.add(message.id, old.string if old else None, message.locations).flags.clear()
        path = catalog_file(language, domain)
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_po(
                file, new, omit_header=False, include_lineno=False, sort_output=False, width=96
            )
        _without_dates(path)


def _files(domain: str) -> list[Path]:
    found: list[Path] = []
    for name in DOMAINS[domain]:
        place = _ROOT / name
        found += [place] if place.is_file() else sorted(place.rglob("*"))
    return [file for file in found if file.suffix in _METHODS]


def _without_dates(path: Path) -> None:
    # The same texts make the same file on every day.
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    dated = ('"POT-Creation-Date', '"PO-Revision-Date', '"Generated-By', "# FIRST AUTHOR",
             '"Report-Msgid', '"Last-Translator', '"Language-Team')  # fmt: skip
    kept = [line for line in lines if not line.startswith(dated)]
    first = next(n for n, line in enumerate(kept) if line.startswith("msgid"))
    path.write_text("".join(kept[first:]), encoding="utf-8")


if __name__ == "__main__":
    for _domain in DOMAINS:
        update(_domain)
