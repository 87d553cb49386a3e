"""Countries for which nothing is said, and organisations that work where they are not."""

from __future__ import annotations

from experiments.network_check.tables import NetworkTables
from sim.problems import Problem

__all__ = ["odd_countries"]

RATES = ("asylum_days", "recognition", "expiry_days", "deportation", "voluntary_return",
         "request_rate")


def odd_countries(net: NetworkTables) -> list[Problem]:
    """Warnings about countries without rates or places, and points abroad."""
    if "nodes.csv" not in net:
        return []
    country = {row["id"]: row["country"] for row in net.rows("nodes.csv")}
    owner = {row["id"]: row["country"] for row in net.rows("organisations.csv")}
    problems = []
    for row in net.rows("countries.csv"):
        if row["country"] not in country.values():
            problems.append(net.warning("countries.csv", row["line"], "country", row["country"],
                                        f"no place lies in {row['name']}", "remove the row"))
        elif not any(row[name] for name in RATES):
            problems.append(net.warning("countries.csv", row["line"], "country", row["country"],
                                        f"{row['name']} has no rates: all of them are 0",
                                        "give at least asylum_days and recognition"))
    for row in net.rows("service_points.csv"):
        home, here = owner.get(row["organisation"]), country.get(row["node"])
        if home and here and home != here:
            problems.append(net.warning(
                "service_points.csv", row["line"], "organisation", row["organisation"],
                f"works in {home}, but '{row['node']}' lies in {here}",
                "give an organisation one row in organisations.csv for each country"))
    return problems
