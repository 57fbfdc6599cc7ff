"""YAML text into nodes that know their lines, without anything that no file of records may hold."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

import yaml

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
MERGE_MARKER = re.compile(r"(<{7}|={7}|>{7}|\|{7})( |$)")
SUSPECT = re.compile(
    r"(?:^|[\s\[{,:-])(?:[&*!]\S|\?\s)|^(?:---|\.\.\.|%)|[\[{][^\]}\n]*[\[{]|^ *- +-|^ {40}", re.MULTILINE
)
BRACKET = re.compile(r"[\[\]{}]")
MAX_DEPTH = 20
CURE = "; take it out"
NAMED = {
    "\t": ("tab", "holds a tab; use spaces"),
    "\ufeff": ("bom", "holds a byte order mark; save the file without BOM"),
}
HINTS = {"mapping values are not allowed in this context": "; a text that holds a colon and a space needs quotes"}


class Fault(NamedTuple):
    """What is wrong on a line of a file, and the rule that it breaks."""

    line: int
    rule: str
    message: str


def read_nodes(data: bytes) -> tuple[yaml.Node | None, list[Fault]]:
    """Return the root node of a YAML file and what is wrong with it; no node where it is empty or refused."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return None, [Fault(line, "encoding", "is not UTF-8; save the file as UTF-8")]
    faults = list(foreign_characters(text))
    try:
        faults = faults or list(foreign_yaml(text))
        return (None if faults else yaml.compose(text, LOADER)), faults
    except yaml.YAMLError as error:
        return None, [explain(error, text.count("\n", 0, -1) + 1)]


def line_of(node: object) -> int:
    """Return the line, from 1, on which a YAML node, event or mark stands."""
    return int(getattr(node, "start_mark", node).line) + 1  # type: ignore[attr-defined]


def foreign_characters(text: str) -> Iterator[Fault]:
    """Yield what an editor or a merge leaves in a text and no record may hold."""
    if "\r" in text:
        line = text[: text.index("\r")].count("\n") + 1
        yield Fault(line, "line end", "ends in a carriage return; save the whole file with LF line ends")
        return
    foreign = {character for character in set(text) if is_foreign(character)}
    for number, line_text in enumerate(text.split("\n"), 1):
        if MERGE_MARKER.match(line_text):
            yield Fault(number, "merge", "is a merge marker; finish the merge")
        for character in sorted(foreign.intersection(line_text)):
            unnamed = ("control", f"holds the control character U+{ord(character):04X}{CURE}")
            yield Fault(number, *NAMED.get(character, unnamed))


def is_foreign(character: str) -> bool:
    """Tell whether a character is of no use in a record: it steers a device, a direction or a layout, or is none."""
    if character in "\n\u200c\u200d":  # the last two shape Arabic and Persian words
        return False
    return unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp") or character in "\ufffe\uffff"


def foreign_yaml(text: str) -> Iterator[Fault]:
    """Yield what YAML allows and the records do not; the first is enough, for the rest may follow from it.

    Only a text that looks as if it had any of it is gone through event by event, which takes as long as reading it.
    """
    depth = documents = 0
    if not is_suspect(text):
        return
    for event in yaml.parse(text, LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        documents += isinstance(event, yaml.DocumentStartEvent)
        message = ""
        if depth > MAX_DEPTH:
            message = "is nested too deeply; mind the brackets"
        elif documents > 1:
            message = "begins a second document; take the line --- out"
        elif getattr(event, "anchor", None) or getattr(event, "tag", None):
            message = "uses *, & or ! of YAML; write the value out, or put the text between quotes"
        if message:
            yield Fault(line_of(event), "yaml", message)
            return


def is_suspect(text: str) -> bool:
    """Tell whether a text looks as if it had more of YAML than the records use, or many brackets in brackets."""
    steps = (1 if bracket in "[{" else -1 for bracket in BRACKET.findall(text))
    return bool(SUSPECT.search(text)) or max(accumulate(steps), default=0) > MAX_DEPTH


def explain(error: yaml.YAMLError, lines: int) -> Fault:
    """Return where a file stops being YAML, and why."""
    problem, mark = getattr(error, "problem", None), getattr(error, "problem_mark", None)
    context, begin = getattr(error, "context", None), getattr(error, "context_mark", None)
    since = f" {context}, begun on line {line_of(begin)}" if context and begin else ""
    reason = f"{problem or 'it cannot be read'}{since}{HINTS.get(problem or '', '')}"
    return Fault(min(line_of(mark), lines) if mark else 1, "yaml", f"is not valid YAML: {reason}")
