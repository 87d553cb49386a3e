"""`python -m experiments.odd`: brings docs/odd.md up to date."""

from experiments.odd.page import PAGE, odd_page

__all__: list[str] = []

if __name__ == "__main__":
    PAGE.write_text(odd_page(), encoding="utf-8")
