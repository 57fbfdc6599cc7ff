"""What the page shows without its script: what the data set is, how to cite it, its files, the newest of `talks`."""

import re
from collections.abc import Iterable
from html import escape
from typing import Any

from ceasefire_talks.citation import to_text
from ceasefire_talks.declaration import Declaration, published
from ceasefire_talks.explorer.content import LEFT_OUT
from ceasefire_talks.files import FORMATS, data_path
from ceasefire_talks.files.descriptor import package_properties, to_json
from ceasefire_talks.records.metadata import Package, address_of, work_of
from ceasefire_talks.tables.tabulate import Tables

NEWEST = 10


def to_front(package: Package, tables: Tables, declared: Declaration) -> dict[str, str]:
    """Return the parts of the page that need no script, as HTML."""
    texts = {
        "title": package.title,
        "version": package.version,
        "description": package.description,
        "is_not": package.is_not,
        "cited": to_text(work_of(package)),
        "licence": package.licence_title,
        "licence_url": package.licence_url,
        "workbook": f"{package.name}.xlsx",
        "left_out": ", ".join(LEFT_OUT),
    }
    return {key: escape(text) for key, text in texts.items()} | {
        "described": to_json(describe(package, declared)).decode("utf-8").replace("<", "\\u003c"),
        "caveats": "".join(f"<li>{mark_up(caveat)}</li>\n" for caveat in package.caveats),
        "files": "".join(to_row(list_files(name, tables, declared)) for name in published(declared)),
        "newest": "".join(to_row(cells) for cells in list_newest(tables)),
    }


def describe(package: Package, declared: Declaration) -> dict[str, Any]:
    """Return the data set in the words of schema.org, for those who harvest pages."""
    address = address_of(package)
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": package.title,
        "description": package.description,
        "identifier": package_properties(package)["id"],
        "version": package.version,
        "datePublished": package.released,
        "license": package.licence_url,
        "creator": {"@type": "Organization", "name": package.author},
        "keywords": package.keywords,
        "citation": to_text(work_of(package)),
        **({"url": address} if address else {}),
        "distribution": [
            {"@type": "DataDownload", "name": name, "encodingFormat": form.mediatype, "contentUrl": path}
            for kind, form in FORMATS.items()
            for name, table in published(declared).items()
            if (path := data_path(name, table, kind).removeprefix("data/"))
        ],
    }


def mark_up(text: str) -> str:
    """Return a line of Markdown as HTML: what is bold, and what is code."""
    bold = re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", escape(text, quote=False))
    return re.sub(r"`(.+?)`", r"<code>\1</code>", bold)


def list_files(name: str, tables: Tables, declared: Declaration) -> list[str]:
    """Return the cells of a row on a table: its files, its rows, and what one is."""
    table = declared[name]
    paths = {kind: data_path(name, table, kind).removeprefix("data/") for kind in FORMATS}
    links = ", ".join(f'<a href="{path}" aria-label="{name} as {kind}">{kind}</a>' for kind, path in paths.items())
    return [name, links, str(tables[name].height), escape(table["row"])]


def list_newest(tables: Tables) -> Iterable[list[str]]:
    """Yield the cells of the newest rows of `talks`, each with a link to its page."""
    newest = tables["talks"].sort("date_first_day", "talk_id", descending=True).head(NEWEST)
    for talk_id, title, says in newest.select("talk_id", "title", "says").iter_rows():
        yield [f'<a href="#row/talks/{talk_id}">{talk_id}</a>', escape(title), escape(says)]


def to_row(cells: Iterable[str]) -> str:
    """Return a row of a table; its first cell is its head."""
    first, *others = cells
    return f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in others)}</tr>\n'
