"""Slips of the hand and of tools in the records: characters, lines, values and whole files."""

import re

from hypothesis import strategies as st

from helpers import RECORDS as FOLDER
from mutations.files import RECORDS, Files, Mutation, lines_of, pick, put

VALUES = sorted(set(re.findall(rb"(?m)^ *(?:- )?(?:\{)?\w+: ([^\n,{}]+)", b"\n".join(RECORDS.values()))))
FAULTS = [
    b"\t",
    b"\xef\xbb\xbf",
    "\u202e".encode(),
    "\u2028".encode(),
    b"\x00",
    b"\xff",
    b"\r",
    "\u00e9".encode("latin-1"),
]
MARKERS = [b"<<<<<<< HEAD", b"=======", b">>>>>>> branch", b"||||||| base"]
ODDITIES = [
    b"",
    b"null",
    b"=1+1",
    b"'",
    b'"',
    b"''",
    b"*a",
    b"&a b",
    b"!t x",
    b"[a]",
    b"{a: b}",
    b"a: b",
    b"# x",
    b"|",
    b"-",
]
ODDITIES += [
    b"2024-13",
    b"1e9",
    b"-0",
    b"0.00001",
    b"9" * 400,
    b"--1",
    b"  two  spaces ",
    b"e\xcc\x81",
    b'"a\\nb"',
    b'"\\u202e"',
]


def delete_lines(data: st.DataObject, files: Files, name: str) -> None:
    lines = lines_of(files, name)
    at = pick(data, lines)
    put(files, name, lines[:at] + lines[at + data.draw(st.integers(1, 12)) :])


def swap_lines(data: st.DataObject, files: Files, name: str) -> None:
    lines = lines_of(files, name)
    one, other = pick(data, lines), pick(data, lines)
    lines[one], lines[other] = lines[other], lines[one]
    put(files, name, lines)


def duplicate_lines(data: st.DataObject, files: Files, name: str) -> None:
    lines = lines_of(files, name)
    at, count = pick(data, lines), data.draw(st.integers(1, 15))
    put(files, name, lines[: at + count] + lines[at : at + count] + lines[at + count :])


def duplicate_record(data: st.DataObject, files: Files, name: str) -> None:
    records = re.split(rb"(?m)^(?=- )", files[name])
    at = pick(data, records)
    files[name] = b"".join([*records[: at + 1], *records[at:]])


def change_character(data: st.DataObject, files: Files, name: str) -> None:
    at = data.draw(st.integers(0, max(len(files[name]) - 1, 0)))
    character = data.draw(st.sampled_from([bytes([code]) for code in range(32, 127)] + [b"", b"\n", *FAULTS]))
    files[name] = files[name][:at] + character + files[name][at + 1 :]


def insert_character(data: st.DataObject, files: Files, name: str) -> None:
    at = data.draw(st.integers(0, len(files[name])))
    files[name] = files[name][:at] + data.draw(st.sampled_from([*FAULTS, *MARKERS, *ODDITIES])) + files[name][at:]


def change_indentation(data: st.DataObject, files: Files, name: str) -> None:
    lines = lines_of(files, name)
    at = pick(data, lines)
    lines[at] = b" " * data.draw(st.integers(0, 8)) + lines[at].lstrip()
    put(files, name, lines)


def paste_marker(data: st.DataObject, files: Files, name: str) -> None:
    lines = lines_of(files, name)
    lines.insert(pick(data, lines), data.draw(st.sampled_from(MARKERS)))
    put(files, name, lines)


def change_value(data: st.DataObject, files: Files, name: str) -> None:
    """Put another value of the records, or an odd one, in the place of a value."""
    places = [match.span(1) for match in re.finditer(rb"(?m)\w+: ([^\n,{}]+)", files[name])]
    if places:
        start, end = data.draw(st.sampled_from(places))
        value = data.draw(st.one_of(st.sampled_from(VALUES), st.sampled_from(ODDITIES)))
        files[name] = files[name][:start] + value + files[name][end:]


def change_number(data: st.DataObject, files: Files, name: str) -> None:
    places = [match.span() for match in re.finditer(rb"[0-9]+", files[name])]
    if places:
        start, end = data.draw(st.sampled_from(places))
        number = str(data.draw(st.integers(0, 12000))).zfill(data.draw(st.sampled_from([0, end - start])))
        files[name] = files[name][:start] + number.encode() + files[name][end:]


def change_word(data: st.DataObject, files: Files, name: str) -> None:
    """Replace every occurrence of an id or code in one file, as a search and replace gone wrong."""
    words = sorted(set(re.findall(rb"[A-Z]{2}[0-9]{4}|[a-z]+_[a-z_]+", files[name])))
    if words:
        one, other = data.draw(st.sampled_from(words)), data.draw(st.sampled_from(words))
        files[name] = files[name].replace(one, other, data.draw(st.sampled_from([1, -1])))


def remove_quotes(data: st.DataObject, files: Files, name: str) -> None:
    places = [match.start() for match in re.finditer(rb"['\"{}\[\]:,-]", files[name])]
    if places:
        at = data.draw(st.sampled_from(places))
        files[name] = files[name][:at] + files[name][at + 1 :]


def cut_off(data: st.DataObject, files: Files, name: str) -> None:
    files[name] = files[name][: data.draw(st.integers(0, len(files[name])))]


def concatenate(data: st.DataObject, files: Files, name: str) -> None:
    files[name] += data.draw(st.sampled_from([b"", b"---\n"])) + RECORDS[data.draw(st.sampled_from(list(RECORDS)))]


def delete_file(data: st.DataObject, files: Files, name: str) -> None:
    del files[name]


def rename_file(data: st.DataObject, files: Files, name: str) -> None:
    other = data.draw(st.sampled_from(["evnts.yaml", "events.yml", "evidence.yaml", "events_wide.yaml"]))
    files[f"{FOLDER}/{data.draw(st.sampled_from(['', 'coded/', 'new/']))}{other}"] = files[name]


def reencode(data: st.DataObject, files: Files, name: str) -> None:
    encoding = data.draw(st.sampled_from(["utf-16", "utf-16-le", "utf-8-sig", "latin-1", "cp1252"]))
    files[name] = files[name].decode("utf-8", "replace").replace("'", "\u00b4").encode(encoding, "replace")


def change_line_ends(data: st.DataObject, files: Files, name: str) -> None:
    files[name] = files[name].replace(b"\n", data.draw(st.sampled_from([b"\r\n", b"\r"])))


SLIPS: list[Mutation] = [
    *(delete_lines, swap_lines, duplicate_lines, duplicate_record, change_character, insert_character),
    *(change_indentation, paste_marker, change_value, change_number, change_word, remove_quotes, cut_off),
    *(concatenate, delete_file, rename_file, reencode, change_line_ends),
]
