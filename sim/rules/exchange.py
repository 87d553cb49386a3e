"""Exchange of beliefs between two people as in Routes and Rumours, the nearest published model.

An alternative to Waytrust's own hearsay (``opinion_exchange: routes_and_rumours``). There a person
holds, of everything known, a *value* and how certain it is (*trust*); what is not trust is doubt.
In an exchange the trust and doubt of the two meet in proportion, like substances that react:

| own | the other's | becomes |
|---|---|---|
| doubt | doubt | doubt |
| trust | doubt | trust in one's own value |
| doubt | trust | ``convince`` of it trust in the other's value, the rest doubt |
| trust | trust | ``confuse`` x difference of it doubt; of the rest ``convert`` the other's value |

Source: Hinsch and Bijak, *The Routes & Rumours Model*, sections 5.1 and 5.2, which documents the
repositories ``mhinsch/RRGraphs_CT`` and ``mhinsch/rgct_data``.

An opinion of subjective logic from evidence r and s is the same pair: the value is r / (r + s), the
trust is 1 - u = (r + s) / (r + s + W), so doubt is uncertainty. Nothing is lost either way.
"""

from __future__ import annotations

from sim.compiling import rule

__all__ = ["disagreement", "exchanged_trust", "exchanged_value", "heard_trust", "heard_value",
           "held_trust", "held_value"]


@rule("float64(float64, float64)")
def held_value(r: float, s: float) -> float:
    """Value of an opinion, r / (r + s): which way the evidence points; 1/2 if there is none."""
    return r / (r + s) if r + s > 0.0 else 0.5


@rule("float64(float64, float64, float64)")
def held_trust(r: float, s: float, prior_weight: float) -> float:
    """Trust in that value, 1 - u = (r + s) / (r + s + W): how much evidence there is."""
    return (r + s) / (r + s + prior_weight)


@rule("float64(float64, float64, float64)")
def heard_value(value: float, error: float, u: float) -> float:
    """A value between 0 and 1 as it is understood: off by at most ``error`` either way."""
    return min(1.0, max(0.0, value + error * (2.0 * u - 1.0)))


@rule("float64(float64, float64, float64)")
def heard_trust(trust: float, error: float, u: float) -> float:
    """The other's trust as it is understood: likewise, and never quite none or complete."""
    return min(0.99999, max(0.000001, trust + error * (2.0 * u - 1.0)))


@rule("float64(float64, float64)")
def disagreement(value: float, other_value: float) -> float:
    """How far two values, not negative, differ: their difference over their sum, 0 to 1."""
    return abs(value - other_value) / (value + other_value + 0.00001)


@rule("float64(float64, float64, float64, float64, float64, float64)")
def exchanged_trust(value: float, trust: float, other_value: float, other_trust: float,
                    convince: float, confuse: float) -> float:
    """Trust after hearing the other's value and trust, as understood.

    Args:
        value: One's own value, not negative.
        trust: One's own trust, 0 to 1.
        other_value: The other's value as understood, not negative.
        other_trust: The other's trust as understood, between 0 and 1.
        convince: Share of doubt that meets trust and becomes trust in the other's value.
        confuse: Share of trust that meets trust in quite another value and becomes doubt.

    Returns:
        A number between 0.00001 and 0.999999.
    """
    doubt, other_doubt = 1.0 - trust, 1.0 - other_trust
    convinced = convince * doubt * other_trust
    confused = confuse * disagreement(value, other_value) * (trust * other_trust)
    left = doubt * other_doubt + (doubt * other_trust - convinced) + confused
    return 1.0 - min(0.99999, max(0.000001, left))


@rule("float64(float64, float64, float64, float64, float64, float64, float64)")
def exchanged_value(value: float, trust: float, other_value: float, other_trust: float,
                    convince: float, convert: float, confuse: float) -> float:
    """Value after hearing the other's value and trust, as understood: one between the two.

    Args:
        value: See :func:`exchanged_trust`, also for what is not said here.
        trust: See there.
        other_value: See there.
        other_trust: See there.
        convince: See there.
        convert: Share of trust that meets trust and turns to the other's value.
        confuse: See there.
    """
    shared = trust * other_trust
    confused = confuse * disagreement(value, other_value) * shared
    agreed = shared - confused
    own = trust * (1.0 - other_trust) + (1.0 - convert) * agreed
    adopted = convince * (1.0 - trust) * other_trust + convert * agreed
    weight = own + adopted
    return (own * value + adopted * other_value) / weight if weight > 0.0 else value
