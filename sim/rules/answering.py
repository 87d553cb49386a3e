"""What a person answers when asked; ``u`` is one's own luck with that question, for good."""

from __future__ import annotations

from sim.compiling import rule

__all__ = ["agrees", "independence_answer", "trust_answer"]


@rule("int64(float64, float64)")
def agrees(u: float, probability: float) -> int:
    """0: agrees with a statement held true with this probability; 1: disagrees."""
    return 0 if u < probability else 1


@rule("int64(float64, float64, float64, float64)")
def independence_answer(u: float, b: float, d: float, no_answer: float) -> int:
    """0 independent, 1 controlled, 2 don't know, 3 other or no answer.

    A share ``no_answer`` say something else; the others answer in proportion to belief, disbelief
    and uncertainty. Being unsure lies between the two, so an opinion that turns from belief to
    disbelief makes most people unsure first.
    """
    if u < no_answer:
        return 3
    v = (u - no_answer) / (1.0 - no_answer)
    if v < b:
        return 0
    return 1 if v >= 1.0 - d else 2


@rule("int64(float64, float64, float64)")
def trust_answer(r: float, s: float, prior_weight: float) -> int:
    """0 high, 1 none, 2 mixed, as belief, disbelief or uncertainty is largest."""
    if r > s and r > prior_weight:
        return 0
    return 1 if s > r and s > prior_weight else 2
