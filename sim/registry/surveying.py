"""The survey: who is asked, and who does not answer."""

from sim.registry.belief import Row

__all__ = ["GROUP", "ROWS"]

GROUP = "survey"
ROWS: list[Row] = [
    ("no_answer", 0.07, "share", 0.03, 0.12, "S05 S08 S10 trial", "Share of people who give another answer, or none, on independence."),
    ("familiar", 0.5, "amount", 0.05, 2.0, "assumed", "Evidence about a family from which a person says to have heard of it."),
    ("surveyed_irregular", 0.13, "share", 0.06, 0.2, "trial assumed", "Share of people in an irregular situation in the mix called all surveyed; the rest of the mix are others."),
    ("surveyed_returnees", 0.11, "share", 0.05, 0.18, "trial assumed", "Share of returnees in the mix called all surveyed."),
    ("surveyed_deportees", 0.06, "share", 0.03, 0.12, "trial assumed", "Share of deportees in the mix called all surveyed."),
]
