"""YAML text into nodes that know their lines, without anything that no file of records may hold."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from itertools import accumulate, pairwise
from typing import NamedTuple

import yaml

from ceasefire_talks.declaration import declaration, field_names
from ceasefire_talks.problems import shown

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
ODD_BLANK = re.compile(r"^[ -]*(?![ \n])(\s)|\w:(?![ \n])(\s)")
COMMENT = re.compile(r"#[^\n]*")
COMMENT_CURE = "; put the text between quotes, or the comment on a line of its own, indented as the fields"
FIELD_CURE = (
    "; indent it as the other fields, put a blank behind its colon and close the quotes above it, or begin the line "
    "with another word"
)
WHOLE_CURE = (
    "; mind the indent, and put a text that begins with a quote, a bracket or a comma between quotes as a whole"
)
HINTS = {
    "mapping values are not allowed in this context": "; a text that holds a colon and a space needs quotes",
    "block sequence entries are not allowed in this context": "; a text that begins with - and a blank needs quotes",
    "mapping keys are not allowed in this context": "; a text that begins with ? and a blank needs quotes",
    "found character that cannot start any token": "; a text that begins with @, % or ` needs quotes",
    "did not find expected comment or line break": "; a text that begins with | or > needs quotes",
    "could not find expected ':'": "; a field begins with its name, a colon and a blank, and no # between them",
    "did not find expected key": WHOLE_CURE,
    "did not find expected '-' indicator": WHOLE_CURE,
    "did not find expected <document start>": "; a file is one list: take out a line of three dots",
    "did not find expected node content": WHOLE_CURE,
}


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
        faults = faults or list(foreign_yaml(text)) or list(lost_comments(text))
        node = None if faults else yaml.compose(text, LOADER)
    except yaml.YAMLError as error:
        swallowed = list(swallowed_fields(text, value_tokens(text)))
        opened = open_bracket(text, swallowed[0].line) if swallowed else []
        return None, opened or swallowed or [explain(error, text[:-1].count("\n") + 1)]
    faults += swallowed_fields(text, value_nodes(node))
    return (None if faults else node), faults


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
        odd = None if line_text.isascii() else ODD_BLANK.search(line_text)
        if odd and not foreign.intersection(line_text):
            blank = ord(odd[1] or odd[2])
            yield Fault(number, "blank", f"holds the blank U+{blank:04X} where a space must stand; use spaces")


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


def lost_comments(text: str) -> Iterator[Fault]:
    """Yield each comment that may have been meant as text: one behind a value, and one in the way of a text above."""
    if "#" not in text:  # behind a quote or a bracket one needs no blank before it
        return
    columns: list[int] = []  # of the blocks that are open; brackets end no text by their indent
    for one, other in pairwise(read_tokens(text)):
        if isinstance(one, yaml.BlockMappingStartToken | yaml.BlockSequenceStartToken):
            columns.append(one.start_mark.column)
        elif isinstance(one, yaml.FlowMappingStartToken | yaml.FlowSequenceStartToken):
            columns.append(-1)
        elif isinstance(one, yaml.BlockEndToken | yaml.FlowMappingEndToken | yaml.FlowSequenceEndToken):
            del columns[-1:]
        for found in comments_between(text, one, other):
            before = text[text.rfind("\n", 0, found.start()) + 1 : found.start()]
            if before.strip(" ") or (is_unquoted(one) and [len(before)] > columns[-1:]):
                line = text[: found.start()].count("\n") + 1
                yield Fault(line, "comment", f"a # here begins a comment and loses {shown(found[0])}{COMMENT_CURE}")


def comments_between(text: str, one: yaml.Token, other: yaml.Token) -> Iterator[re.Match[str]]:
    """Yield the comments between two tokens that follow each other, and one behind the | or > of a text."""
    if isinstance(one, yaml.ScalarToken) and one.style in ("|", ">"):
        yield from COMMENT.finditer(text, one.start_mark.index, text.find("\n", one.start_mark.index))
    yield from COMMENT.finditer(text, one.end_mark.index, other.start_mark.index)


def is_unquoted(token: yaml.Token) -> bool:
    """Tell whether a token is a text that goes on for as long as its lines are indented."""
    return isinstance(token, yaml.ScalarToken) and token.style not in ("'", '"')


def swallowed_fields(text: str, values: Iterable[yaml.ScalarToken | yaml.ScalarNode]) -> Iterator[Fault]:
    """Yield the first line in each value that begins as a field does: indented too deep, or behind an open quote."""
    lines = text.split("\n")
    for value in values:
        begin, end = value.start_mark, value.end_mark
        for number in range(begin.line, end.line + (end.column > 0)):
            column = begin.column if number == begin.line else 0
            names = [one["name"] for one in field_line().finditer(lines[number]) if one.start("name") >= column]
            if names:
                message = f'is read as text, not as the field "{names[0].lower()}"{FIELD_CURE}'
                yield Fault(number + 1, "swallowed", message)
                break


@cache
def field_line() -> re.Pattern[str]:
    """Return what a line, or a sentence in it, begins with that is meant as a field, of whatever table."""
    names = {*declaration(), *(name for table in declaration().values() for name in field_names(table))}
    return re.compile(
        rf"""(?:^[ {{-]*|[.!?]["'”’]? +)["']?(?P<name>{"|".join(sorted(names))})["']? *[:：]""", re.IGNORECASE
    )


def open_bracket(text: str, line: int) -> list[Fault]:
    """Return the first bracket that was opened before a line, and stays open up to where a text stops being YAML."""
    opened: list[yaml.Token] = []
    for token in read_tokens(text):
        if isinstance(token, yaml.FlowSequenceStartToken | yaml.FlowMappingStartToken):
            opened.append(token)
        elif isinstance(token, yaml.FlowSequenceEndToken | yaml.FlowMappingEndToken):
            del opened[-1:]
    if not opened or line_of(opened[0]) >= line:
        return []
    bracket = text[opened[0].start_mark.index]
    message = f"opens a {bracket} that is never closed; close it, or put a text that begins with it between quotes"
    return [Fault(line_of(opened[0]), "yaml", message)]


def value_nodes(root: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    """Yield the values below a node that hold a colon: only these can have swallowed a field."""
    nodes = [root]
    while nodes:
        node = nodes.pop()
        if isinstance(node, yaml.MappingNode):
            nodes += (value for _, value in node.value)
        elif isinstance(node, yaml.SequenceNode):
            nodes += node.value
        elif isinstance(node, yaml.ScalarNode) and {":", "："} & {*node.value}:
            yield node


def value_tokens(text: str) -> Iterator[yaml.ScalarToken]:
    """Yield the values of a text that stops being YAML, up to there."""
    for one, other in pairwise(read_tokens(text)):
        if isinstance(other, yaml.ScalarToken) and not isinstance(one, yaml.KeyToken):
            yield other


def read_tokens(text: str) -> Iterator[yaml.Token]:
    """Yield the tokens of a text as far as it is YAML."""
    with suppress(yaml.YAMLError):
        yield from yaml.scan(text, LOADER)


def explain(error: yaml.YAMLError, lines: int) -> Fault:
    """Return where a file stops being YAML, and why."""
    problem, mark = getattr(error, "problem", None), getattr(error, "problem_mark", None)
    context, begin = getattr(error, "context", None), getattr(error, "context_mark", None)
    if begin and problem == "found unexpected end of stream":
        return Fault(line_of(begin), "yaml", "opens a quote that is never closed; close it, or take it out")
    since = f" {context}, begun on line {line_of(begin)}" if context and begin else ""
    reason = f"{problem or 'it cannot be read'}{since}{HINTS.get(problem or '', '')}"
    return Fault(min(line_of(mark), lines) if mark else 1, "yaml", f"is not valid YAML: {reason}")
