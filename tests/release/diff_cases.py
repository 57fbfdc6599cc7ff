"""What a next release may change, case by case: the edit, what it asks for, what is told and what is refused."""

from typing import Any

from edits import (
    Case,
    Rows,
    cell,
    column_added,
    column_filled,
    column_gone,
    column_moved,
    column_renamed,
    field,
    limit,
    moved,
    resource,
    row_added,
    row_gone,
    rows_of,
    schema,
    table_gone,
    together,
    unmarked,
    withdrawn,
)

from helpers import read_table
from packages import edit_descriptor

OTHER = {
    "title": "Another act",
    "date": "2024-01-02",
    "type": "appeal",
    "track": "statehood",
}  # what says which event it is
TIES = [
    "/".join(row[column] for column in ("actor_id", "other_id", "tie", "track")) for row in read_table("actor_ties")
]


def licence(it: dict[str, Any]) -> None:
    it["licenses"][0]["name"] = "CC0-1.0"


def clear(rows: Rows) -> None:
    """Take every row out but the header."""
    del rows[1:]


def hold(it: dict[str, Any], *codes: str) -> None:
    """Have a column hold these codes alone."""
    it |= {"categories": [*codes], "constraints": it.get("constraints", {}) | {"enum": [*codes]}}


def recode(it: dict[str, Any], old: str, *new: str) -> None:
    """Put codes in the place of one, or drop it."""
    at = it["categories"].index(old)
    hold(it, *it["categories"][:at], *new, *it["categories"][at + 1 :])


CASES = [
    # cells
    Case("a cell of a main table", cell("talks", "TK0004", summary="Corrected."), "patch",
         ["cell changed talks TK0004 summary"]),
    Case("a cell emptied", cell("events", "EV0001", place=""), "patch", ["cell changed events EV0001 place"]),
    Case("a cell filled", cell("events", "EV0003", place="gaza"), "patch", ["cell changed events EV0003 place"]),
    Case("a cell of a link table", cell("talk_terms", "TK0001/2", statement="Corrected.", value_max="37"), "patch",
         ["cell changed talk_terms TK0001/2 statement", "cell changed talk_terms TK0001/2 value_max"]),
    Case("a cell of an audit table", cell("sources", "SO0001", note="Corrected."), "patch",
         ["cell changed sources SO0001 note"]),
    Case("a cell under a long key", cell("codings", "actor_ties/egypt/hamas/relations/israel_hamas/attribution",
                                         final="named"), "patch",
         ["cell changed codings actor_ties/egypt/hamas/relations/israel_hamas/attribution final"]),
    Case("a derived cell alone", cell("talks", "TK0004", who="Corrected"), "none", []),
    Case("a coded cell, and those that follow", together(cell("events", "EV0004", title="Corrected"),
                                                         cell("quantities", "QN0005", event="Corrected")), "patch",
         ["cell changed events EV0004 title"]),
    Case("rows in another order", rows_of("talks", lambda rows: rows.append(rows.pop(1))), "none", []),
    Case("a column emptied", column_filled("mediators", "outcome"), "major",
         ["column emptied mediators outcome", *(f"cell changed mediators ME000{n} outcome" for n in range(1, 10))]),
    Case("a derived column emptied", column_filled("mediators", "link"), "major", ["column emptied mediators link"]),
    Case("a column that was derived and is no more", together(
        field("talks", "who", lambda it: it.pop("derived")), cell("talks", "TK0004", who="Coded")), "patch",
         ["cell changed talks TK0004 who"]),
    # rows
    Case("a row new in a main table", row_added("talks", "TK0004", talk_id="TK9999"), "minor",
         ["row added talks TK9999"]),
    Case("a row new in a link table", row_added("event_demands", "EV0005/DE0001", bearing="drops"), "minor",
         ["row added event_demands EV0005/DE0001/drops"]),
    Case("a row new in an audit table", row_added("sources", "SO0001", source_id="SO9999"), "minor",
         ["row added sources SO9999"]),
    Case("a row gone from a link table", row_gone("event_demands", "EV0005/DE0001"), "minor",
         ["row gone event_demands EV0005/DE0001/puts"]),
    Case("a row gone from an audit table", row_gone("evidence", "actor_names/andrew_hyde/alias/Hyde"), "minor",
         ["row gone evidence actor_names/andrew_hyde/alias/Hyde/SO0001/PA0067/10550/10554"]),
    Case("all rows gone from a link table", rows_of("actor_ties", clear), "minor",
         [f"row gone actor_ties {row}" for row in TIES]),
    Case("a part of a key changed", cell("event_demands", "EV0005/DE0001", bearing="drops"), "minor",
         ["row added event_demands EV0005/DE0001/drops", "row gone event_demands EV0005/DE0001/puts"]),
    # ids
    Case("an id withdrawn", together(row_gone("talks", "TK0004"), withdrawn("TK0004")), "minor",
         ["row gone talks TK0004", "row added withdrawn TK0004"]),
    Case("an id gone without a word", row_gone("talks", "TK0004"), "minor", ["row gone talks TK0004"],
         ["talks TK0004 is gone"]),
    Case("an id gone from an audit table", row_gone("readings", "RE0070"), "minor", ["row gone readings RE0070"],
         ["readings RE0070 is gone"]),
    Case("a withdrawal taken back", row_gone("withdrawn", "EV0020"), "minor", ["row gone withdrawn EV0020"],
         ["withdrawn EV0020 is gone"]),
    Case("a withdrawn id used again", row_added("events", "EV0001", event_id="EV0020"), "minor",
         ["row added events EV0020"], ["events EV0020 is used again"]),
    Case("an id used for another thing", cell("events", "EV0001", **OTHER), "patch",
         [f"cell changed events EV0001 {name}" for name in OTHER], ["events EV0001 is used again"]),
    Case("another thing, its date unknown like the last", cell("events", "EV0062", title="Other", track="un"),
         "patch", [f"cell changed events EV0062 {name}" for name in ("title", "track")],
         ["events EV0062 is used again"]),
    Case("the same thing with another title and date", cell("events", "EV0001", title="Other", date="2023"), "patch",
         ["cell changed events EV0001 title", "cell changed events EV0001 date"]),
    Case("an id of claims used again", cell("claims", "CL0004", statement="Other", kind="state"), "patch",
         ["cell changed claims CL0004 statement", "cell changed claims CL0004 kind"], ["claims CL0004 is used again"]),
    Case("packages that mark nothing", together(unmarked, cell("events", "EV0001", says="Derived", **OTHER)), "patch",
         [f"cell changed events EV0001 {name}" for name in OTHER], ["events EV0001 is used again"]),
    # columns
    Case("a column new", column_added("events", "mood"), "minor", ["field added events mood"]),
    Case("a column new in a link table", column_added("event_actors", "mood"), "minor",
         ["field added event_actors mood"]),
    Case("a column new among the others", column_added("events", "mood", 3), "major",
         ["field added events mood", "fields re-ordered events"]),
    Case("a column gone", column_gone("talks", "place"), "major", ["field gone talks place"]),
    Case("a derived column gone", column_gone("talks", "link"), "major", ["field gone talks link"]),
    Case("a column renamed", column_renamed("mediators", "limited_by", "held_back_by"), "major",
         ["field renamed mediators"]),
    Case("a column renamed, and a cell of it changed",
         together(cell("talks", "TK0004", result="vetoed"), column_renamed("talks", "result", "came_to")), "major",
         ["field renamed talks", "cell changed talks TK0004 came_to"]),
    Case("a column of a key renamed", column_renamed("event_demands", "bearing", "stance"), "major",
         ["field renamed event_demands"]),
    Case("a column with another name and title", together(column_renamed("talks", "place", "town"),
                                                          field("talks", "town", lambda it: it.update(title="Town"))),
         "major", ["field gone talks place", "field added talks town", "fields re-ordered talks"]),
    Case("two new columns that bear the title of the one that is gone", together(
        column_renamed("talks", "place", "town"), column_added("talks", "site"),
        field("talks", "site", lambda it: it.update(title="Place"))), "major",
         ["field gone talks place", "field added talks town", "field added talks site", "fields re-ordered talks"]),
    Case("columns in another order", column_moved("talks", "place", 2), "major", ["fields re-ordered talks"]),
    Case("a column of an audit table in another place", column_moved("codings", "reason", 3), "major",
         ["fields re-ordered codings"]),
    Case("another type", field("quantities", "value", lambda it: it.update(type="integer")), "major",
         ["field retyped quantities value"]),
    Case("another description, title and example",
         field("talks", "date", lambda it: it.update(description="D.", title="D", example="2023-10-07")), "none", []),
    # limits
    Case("never empty any more", limit("talks", "place", required=True), "major", ["constraint tightened talks place"]),
    Case("may be empty now", limit("talks", "title", required=None), "minor", ["constraint loosened talks title"]),
    Case("may be empty, said with false", limit("talks", "title", required=False), "minor",
         ["constraint loosened talks title"]),
    Case("shorter", limit("talks", "title", maxLength=60), "major", ["constraint tightened talks title"]),
    Case("longer", limit("talks", "title", maxLength=120), "minor", ["constraint loosened talks title"]),
    Case("a higher minimum", limit("talk_terms", "phase", minimum=1), "major",
         ["constraint tightened talk_terms phase"]),
    Case("a lower minimum", limit("talk_terms", "term", minimum=0), "minor", ["constraint loosened talk_terms term"]),
    Case("a maximum", limit("codes", "rank", maximum=99), "major", ["constraint tightened codes rank"]),
    Case("another pattern", limit("talks", "talk_id", pattern="T[0-9]+"), "major",
         ["constraint tightened talks talk_id"]),
    Case("no pattern any more", limit("talks", "talk_id", pattern=None), "minor",
         ["constraint loosened talks talk_id"]),
    Case("values of a list alone", field("talks", "place", lambda it: hold(it, "Cairo", "Doha")), "major",
         ["constraint tightened talks place"]),
    Case("any value now",
         field("talk_terms", "per", lambda it: [it.pop(key) for key in ("codes", "categories", "constraints")]),
         "minor", ["constraint loosened talk_terms per"]),
    # codes
    Case("a code new", together(field("talks", "kind", lambda it: recode(it, "vote", "vote", "poll")),
                                row_added("codes", "talk_kind/vote", code="poll", label="Poll")), "minor",
         ["code added talk_kind", "row added codes talk_kind/poll"]),
    Case("a code gone", field("talks", "kind", lambda it: recode(it, "vote")), "major", ["code gone talk_kind"]),
    Case("a code renamed", field("talks", "kind", lambda it: recode(it, "vote", "ballot")), "major",
         ["code gone talk_kind", "code added talk_kind"]),
    Case("a code gone from a list of many columns", together(
        *(field(name, "track", lambda it: recode(it, "un")) for name in ("talks", "events", "demands"))), "major",
         ["code gone track"]),
    Case("another list", together(field("talks", "kind", lambda it: it.update(codes="act")),
                                  field("talks", "kind", lambda it: recode(it, "vote", "act"))), "major",
         ["code gone talks kind", "code added talks kind"]),
    Case("codes of an ordered list in another order", field("talks", "date_of", lambda it: it["categories"].reverse()),
         "major", ["codes re-ordered date_of"]),
    Case("codes without order in another order", field("talks", "kind", lambda it: it["categories"].reverse()), "none",
         []),
    # keys, units, licence, tables
    Case("a column more in a key", schema("actor_ties", lambda it: it["primaryKey"].append("attribution")), "major",
         ["key changed actor_ties primaryKey"]),
    Case("a key in another order", schema("actor_ties", lambda it: it["primaryKey"].reverse()), "major",
         ["key changed actor_ties primaryKey"]),
    Case("no unique key any more", schema("actors", lambda it: it.pop("uniqueKeys")), "major",
         ["key changed actors uniqueKeys"]),
    Case("a foreign key less", schema("talk_terms", lambda it: it.pop("foreignKeys")), "major",
         ["key changed talk_terms foreignKeys"]),
    Case("another unit", field("codes", "rank", lambda it: it.update(unit="rank, from 0")), "major",
         ["unit changed codes rank"]),
    Case("the unit in another column", field("talk_terms", "value_min", lambda it: it.update(unitColumn="per")),
         "major", ["unit changed talk_terms value_min"]),
    Case("another licence", lambda root: edit_descriptor(root, licence), "major", ["licence changed"]),
    Case("a table new", resource("links", lambda it: it | {"name": "ties"}, again=True), "minor", ["table added ties"]),
    Case("a link table gone", table_gone("ballots"), "major", ["table gone ballots"]),
    Case("a table gone with its ids", table_gone("mediators"), "major", ["table gone mediators"],
         [f"mediators ME000{number} is gone" for number in range(1, 10)]),
    Case("a table renamed", resource("mediators", lambda it: it | {"name": "go_betweens"}), "major",
         ["table gone mediators", "table added go_betweens"]),
    Case("a file in another place", moved("links", "data/csv/links.csv"), "none", []),
    Case("another title of the package", lambda root: edit_descriptor(root, lambda it: it.update(title="T")), "none",
         []),
    # mixed
    Case("nothing", lambda root: None, "none", []),
    Case("a cell and a row", together(cell("talks", "TK0004", summary="Corrected."),
                                      row_added("event_demands", "EV0005/DE0001", bearing="drops")), "minor",
         ["cell changed talks TK0004 summary", "row added event_demands EV0005/DE0001/drops"]),
    Case("a cell, a column new and a column gone",
         together(cell("talks", "TK0004", summary="Corrected."), column_added("talks", "mood"),
                  column_gone("sources", "note")), "major",
         ["cell changed talks TK0004 summary", "field added talks mood", "field gone sources note"]),
    Case("a limit looser and another tighter", limit("talks", "title", maxLength=120, required=None, minLength=3),
         "major", ["constraint loosened talks title", "constraint loosened talks title",
                   "constraint tightened talks title"]),
]  # fmt: skip
