"""The ODD+D protocol, `docs/odd.md`: what can be read from the code is put between marks.

`python -m experiments.odd` brings it up to date.
"""

from experiments.odd.blocks import BLOCKS
from experiments.odd.page import PAGE, odd_page

__all__ = ["BLOCKS", "PAGE", "odd_page"]
