"""Evidence left by each event: amounts for (r) and against (s), before any weighting."""

from sim.registry.belief import Row

__all__ = ["GROUP", "ROWS"]

GROUP = "evidence of events"


def _row(event: str, facet: str, side: str, amount: float, source: str = "assumed") -> Row:
    promised = "help" if event == "full" else "confidentiality"
    words = {"for": "for", "against": "against", "against_if_promised": f"against (if {promised} was promised)"}
    about = {"bad": "that asking is dangerous", "safe": "that asking is safe"}.get(
        side, f"{words.get(side, side)} {facet}")
    note = f"Evidence {about} from: {event.replace('_', ' ')}."
    high = max(amount * 3.0, 0.5)
    return (f"{event}_{facet}_{side}", amount, "amount", 0.0, high, source, note)


ROWS: list[Row] = [
    _row("served", "competence", "for", 0.5),
    _row("served", "integrity", "for", 0.5),
    _row("served", "independence", "for", 0.36),
    _row("served", "danger", "safe", 0.3, "trial assumed"),
    ("served_government_factor", 0.3, "multiplier", 0.0, 1.0, "assumed", "Evidence for independence from being served by government, relative to others."),
    _row("full", "competence", "against", 0.5),
    _row("full", "integrity", "against_if_promised", 0.25),
    _row("refused", "competence", "against", 0.5),
    _row("refused", "integrity", "against", 0.5),
    _row("refused", "independence", "against", 0.5),
    _row("refused", "danger", "bad", 0.27, "trial assumed"),
    _row("mistreated", "integrity", "against", 1.0),
    _row("data_taken", "independence", "against", 0.05),
    _row("data_taken", "danger", "bad", 0.05),
    _row("detained", "integrity", "against_if_promised", 1.0),
    _row("detained", "independence", "against", 1.0),
    ("detained_danger_bad", 1.0, "amount", 0.5, 4.0, "assumed", "Evidence of danger from being detained; first-hand it counts `negativity` times, so 2. A trial on another route used 2."),
    ("deported_danger_bad", 0.25, "amount", 0.0, 4.0, "assumed", "Evidence of danger from being deported, beside that from the detention before it; first-hand it counts `negativity` times."),
    ("intercepted_danger_bad", 0.4, "amount", 0.1, 1.2, "trial assumed", "Evidence of danger from being intercepted on a leg; first-hand it counts `negativity` times, so 0.8."),
    _row("door", "independence", "against", 0.1),
    _row("door", "danger", "bad", 0.27, "trial assumed"),
    _row("raid", "danger", "bad", 0.27, "trial assumed"),
    _row("breach", "integrity", "against_if_promised", 1.0),
    _row("breach", "independence", "against", 1.15, "trial assumed"),
    _row("breach", "danger", "bad", 2.1, "trial C01"),
    _row("law", "danger", "bad", 2.1, "trial C04"),
    _row("broken", "integrity", "against", 1.0),
    _row("broken", "independence", "against", 0.5),
    _row("broken", "danger", "bad", 1.0),
    _row("agenda", "integrity", "against", 0.1),
    _row("agenda", "independence", "against", 0.3),
    _row("amends", "competence", "for", 0.25),
    _row("amends", "integrity", "for", 0.5),
    _row("outreach", "integrity", "for", 0.1),
    _row("outreach", "independence", "for", 0.15),
    _row("outreach", "danger", "safe", 0.1),
]
