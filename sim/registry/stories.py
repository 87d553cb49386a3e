"""Stories, news and rumours."""

from sim.registry.belief import Row

__all__ = ["GROUP", "ROWS"]

GROUP = "stories"
ROWS: list[Row] = [
    ("story_birth", 0.0003, "share", 0.00003, 0.003, "trial assumed", "Chance that one real person's first-hand experience becomes a story.", "log"),
    ("story_weight", 0.15, "share", 0.03, 0.4, "trial assumed", "Weight of a story heard from others."),
    ("story_telling", 0.3, "share", 0.1, 1.0, "assumed", "Chance that a story being told is passed on in a meeting. A trial on another route used 0.5."),
    ("story_drop", 0.3, "share", 0.0, 1.0, "trial assumed", "Chance of no longer telling it after meeting someone who knows it."),
    ("story_fade", 0.15, "1/day", 0.0, 0.4, "trial M08 assumed", "Daily chance of no longer telling a new story."),
    ("story_fade_days", 25.0, "days", 10.0, 60.0, "M08 assumed", "Age at which that chance has halved: a heavy tail."),
    ("story_renewal_days", 30.0, "days", 10.0, 60.0, "trial assumed", "Repeats within so many days renew a live story."),
    ("news_reach", 0.02, "1/day", 0.005, 0.1, "trial assumed", "Share of people in the country whom an announcement reaches a day."),
    ("news_here", 20.0, "multiplier", 1.0, 50.0, "assumed", "Reach of an announcement at the very place it is about, relative to its country."),
    ("news_abroad", 0.05, "multiplier", 0.0, 1.0, "assumed", "Reach of an announcement in other countries, relative to its own."),
    ("news_days", 90.0, "days", 14.0, 365.0, "assumed", "Days for which an announcement is repeated."),
    ("news_told_on", 0.2, "share", 0.05, 0.5, "assumed", "Weight of an announcement that was told on. A trial on another route used 0.25."),
]
