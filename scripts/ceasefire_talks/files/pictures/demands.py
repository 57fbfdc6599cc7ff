"""Who wants what: each demand in its own words, by who makes it and of whom, with what is against it."""

from collections import Counter

import polars as pl
from matplotlib.figure import Figure

from ceasefire_talks.files.pictures.drawing import ARTICLE, HEAD, Theme, Words, draw_words, to_title
from ceasefire_talks.tables.derive import Values
from ceasefire_talks.tables.tabulate import Tables

TITLE = "Who wants what"
OTHERS, NOBODY = "Others", "no one named"
MIN_DEMANDS = 3
AGAINST = {"strict": "excluded by", "stated": "set against"}
LEAD = (
    "As one article of October 2024 tells it. Excluded by: no one agreement could hold both as worded. Set against: "
    "the article, or somebody it cites, sets the two against each other."
)
DOUBTS = {"differs": "independent sources differ", "disputed": "disputed among independent sources"}
Groups = dict[str, dict[str, list[Values]]]


def to_groups(tables: Tables) -> Groups:
    """Return the demands of the year by party, small ones as others, then by of whom they are and who says so."""
    demands = current(tables["demands"])
    made, asked = Counter(demands["demander_party"]), Counter(demands["addressee_party"].drop_nulls())
    named = {party for party, count in (made + asked).items() if count >= MIN_DEMANDS}
    order = [*sorted(made.keys() & named, key=lambda party: (-made[party], party)), OTHERS]
    groups: Groups = {party: {} for party in order}
    for row in sorted(demands.to_dicts(), key=lambda row: (-asked[row["addressee_party"]], print_head(row))):
        group = groups[row["demander_party"] if row["demander_party"] in named else OTHERS]
        group.setdefault(print_head(row), []).append(row)
    return {party: heads for party, heads in groups.items() if heads}


def current(demands: pl.DataFrame) -> pl.DataFrame:
    """Return the demands that belong to the year of the picture."""
    return demands.filter(pl.col("track") != "earlier")


def draw(tables: Tables, theme: Theme, foot: str) -> Figure:
    """Return the picture as a figure."""
    words = [to_title(TITLE), Words(LEAD, "muted", above=4)]
    against = find_against(tables)
    for party, heads in to_groups(tables).items():
        words.append(Words(party, size=HEAD, bold=True, above=14, ruled=True))
        for head, rows in heads.items():
            words.append(Words(head, "muted", bold=True, above=4))
            for row in rows:
                words += to_words(row, party, against.get(row["demand_id"], {}))
    words.append(Words(f"{describe(tables)} {foot}", "muted", above=14, ruled=True))
    return draw_words(words, theme)


def print_head(row: Values) -> str:
    """Return in words of whom a demand is made, and who says so where it is not the article itself."""
    party, addressee = row["addressee_party"], row["addressee"]
    whom = NOBODY if party is None else f"of {party}" if party == addressee else f"of {party} ({addressee})"
    return ", ".join([whom, *says_who(row)])


def says_who(row: Values) -> list[str]:
    """Return in words who says that a demand is made, where it is not the article, and how sure, where it is not."""
    says = {"named": [f"says {row['attributed_to']}"], "unnamed_reports": ["say unnamed reports"]}
    return says.get(row["attribution"], []) + ([] if row["certainty"] == "certain" else [f"as {row['certainty']}"])


def to_words(row: Values, party: str, against: dict[str, list[str]]) -> list[Words]:
    """Return a demand as paragraphs: its own words, what is doubtful, and what is against it."""
    words = [Words(print_demand(row, party), indent=8, above=2, row=row["demand_id"])]
    if row["verdict"] in DOUBTS:
        words.append(Words(DOUBTS[row["verdict"]], "muted", indent=20))
    return words + [
        Words(f"{name}: {'; '.join(against[grounds])}", "warm", indent=20)
        for grounds, name in AGAINST.items()
        if grounds in against
    ]


def print_demand(row: Values, party: str, *notes: str) -> str:
    """Return a demand in its own words, in brackets the demander, where the party before it is another, and notes."""
    told = [*([row["demander"]] if row["demander"] != party else []), *notes]
    brackets = f" ({', '.join(told)})" if told else ""
    return f"{row['stance'].replace('_', ' ')}{brackets}: {row['object']}"


def find_against(tables: Tables) -> dict[str, dict[str, list[str]]]:
    """Return what is against each demand, by grounds: the parties and words of the other demands."""
    rows = {row["demand_id"]: row for row in tables["demands"].iter_rows(named=True)}
    against: dict[str, dict[str, list[str]]] = {}
    pairs = tables["demand_incompatibilities"].select("demand_id", "other_demand_id", "grounds").rows()
    for one, other, grounds in sorted([*pairs, *((other, one, grounds) for one, other, grounds in pairs)]):
        party = rows[other]["demander_party"]
        told = print_demand(rows[other], party, *says_who(rows[other]))
        against.setdefault(one, {}).setdefault(grounds, []).append(f"{party}, {told}")
    return against


def describe(tables: Tables) -> str:
    """Return in words how many demands are drawn, how many exclude each other, and what is left out."""
    demands, pairs = tables["demands"], tables["demand_incompatibilities"]
    drawn = current(demands).height
    strict = pairs.filter(grounds="strict").height
    return (
        f"{drawn} of {demands.height} demands; left out: {demands.height - drawn} of conflicts before October 2023. "
        f"Of {pairs.height} pairs that clash, {strict} exclude each other and {pairs.height - strict} are set against "
        f"each other. Leaders and governments stand under their state or group. The demands are {ARTICLE}"
    )


def speak(tables: Tables) -> str:
    """Return the picture in words: for each party its demands and how many of them have another against them."""
    against = find_against(tables)
    parties = []
    for party, heads in to_groups(tables).items():
        ids = [row["demand_id"] for rows in heads.values() for row in rows]
        parties.append(f"{party} {len(ids)} ({sum(name in against for name in ids)})")
    return (
        "List of demands in their own words, by who makes them and of whom. Demands of each party, in brackets those "
        f"that another is against: {', '.join(parties)}. {describe(tables)}"
    )
