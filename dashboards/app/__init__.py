"""`waytrust dashboard`: one Solara application on this machine, private and without a network.

`serving` starts it, `guard` decides which requests are answered, `site` has the pages and what is
around them, `choices` the language and light or dark that a person chose.
"""

__all__: list[str] = []
