"""The tables for people who use them: lists of dicts with the standard library alone, or the frames of a library.

Only the descriptor and the files beside it are read, so this works the same from a wheel and from a checkout.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ceasefire_talks.citation import Work, citation
from ceasefire_talks.installed import descriptor, package_root

Row = dict[str, Any]
Field = dict[str, Any]


class Text(str):
    """A text that shows itself as it reads at the prompt, line by line."""

    __slots__ = ()

    def __repr__(self) -> str:
        """Return the text itself."""
        return str(self)


def tables() -> dict[str, str]:
    """Return the name of every table with what one row of it is."""
    return {name: resource["description"] for name, resource in resources("csv").items()}


def load(table: str, library: str | None = None) -> Any:
    """Return a table as a list of dicts, or as the frame of `"pandas"`, `"polars"`, `"arrow"` or `"duckdb"`.

    Days are real dates, whole numbers stay whole, and coded columns are categories, ordered where their list has an
    order. An empty cell is `None`, or what the library has for it. Raises `ValueError` for a name that is not there,
    and `ModuleNotFoundError` with the line that helps where the library is not installed.
    """
    resource = find_resource(table)
    fields = read_schema(resource)["fields"]
    if library is None:
        return read_rows(package_root() / resource["path"], fields)
    if library not in READERS:
        raise ValueError(f'there is no loader for "{library}"; take one of {", ".join(READERS)}')
    read, needed = READERS[library]
    try:
        return read(package_root() / resources("parquet")[f"{table}_parquet"]["path"], fields)
    except ModuleNotFoundError as error:
        raise ModuleNotFoundError(f"{error.name} is not installed; pip install {needed}", name=error.name) from None


def describe(table: str) -> Text:
    """Return what a table holds: each field with its type, unit, meaning and codes."""
    resource = find_resource(table)
    lines = [f"{table}: {resource['description']}", ""]
    for field in read_schema(resource)["fields"]:
        unit = f", in {field['unit']}" if "unit" in field else ""
        unit += f", unit in {field['unitColumn']}" if "unitColumn" in field else ""
        lines.append(f"{field['name']} ({field['type']}{unit}): {field['description']}")
        if "categories" in field:
            lines.append(f"    codes: {', '.join(field['categories'])}")
    return Text("\n".join(lines))


def cite(table: str | None = None, row: str | None = None, style: str = "text") -> Text:
    """Return how to cite this version, or a row of it by its key, as `"text"`, `"apa"`, `"bibtex"`, `"ris"` or `"csl"`.

    Raises `ValueError` for a table, row or style that is not there.
    """
    package = descriptor()
    work = Work(
        package["contributors"][0]["title"],
        package["title"],
        package["version"],
        package["created"][:10],
        package["id"] if package["id"].startswith("https:") else package.get("homepage", ""),
        "" if table is None and row is None else find_row(table or "", row),
    )
    return Text(citation(work, style))


def find_row(table: str, row: str | None) -> str:
    """Return the name of a row, its key joined by a slash, or of a table; raise `ValueError` where there is none."""
    keys = read_schema(find_resource(table))["primaryKey"]
    known = [] if row is None else ["/".join(str(found[key]) for key in keys) for found in load(table)]
    if row is not None and row not in known:
        from ceasefire_talks.problems import nearest  # noqa: PLC0415 - only where a name is wrong

        raise ValueError(f'there is no row "{row}" in {table}{nearest(row, known)}')
    return f"table {table}" if row is None else f"table {table}, row {row}"


def resources(kind: str) -> dict[str, dict[str, Any]]:
    """Return the resources of a format by their names; that of a CSV is the table's."""
    return {resource["name"]: resource for resource in descriptor()["resources"] if resource["format"] == kind}


def read_schema(resource: dict[str, Any]) -> dict[str, Any]:
    """Return the Table Schema of a resource."""
    schema: dict[str, Any] = json.loads((package_root() / resource["schema"]).read_text("utf-8"))
    return schema


def find_resource(table: str) -> dict[str, Any]:
    """Return the resource of a table; raise `ValueError` with the nearest name where there is none."""
    found = resources("csv")
    if table not in found:
        from ceasefire_talks.problems import nearest  # noqa: PLC0415 - only where a name is wrong

        raise ValueError(f'there is no table "{table}"{nearest(table, found) or "; tables() lists them"}')
    return found[table]


def read_rows(path: Path, fields: list[Field]) -> list[Row]:
    """Return the rows of a CSV file as dicts of `str`, `int`, `float`, `bool`, `date` and `None`."""
    import csv  # noqa: PLC0415 - not needed by those who load frames
    from datetime import date  # noqa: PLC0415

    types: dict[str, Callable[[str], Any]] = {
        "string": str,
        "integer": int,
        "number": float,
        "boolean": lambda text: text == "true",
        "date": date.fromisoformat,
    }
    read = [(field["name"], types[field["type"]]) for field in fields]
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        next(lines)
        return [
            {name: of(cell) if cell else None for (name, of), cell in zip(read, line, strict=True)} for line in lines
        ]


def read_pandas(path: Path, fields: list[Field]) -> Any:
    """Return a Parquet file as a pandas frame."""
    import pandas as pd  # noqa: PLC0415

    frame = pd.read_parquet(path)
    frame.attrs |= {"name": descriptor()["name"], "version": descriptor()["version"], "citation": str(cite())}
    for field in fields:
        name = field["name"]
        if field["type"] == "date":
            frame[name] = pd.to_datetime(frame[name])
        elif "categories" in field:
            frame[name] = frame[name].astype(pd.CategoricalDtype(field["categories"], is_ordered(field)))
    return frame


def read_polars(path: Path, fields: list[Field]) -> Any:
    """Return a Parquet file as a polars frame; an ordered list of codes becomes an Enum, another a Categorical."""
    import polars as pl  # noqa: PLC0415

    casts = [
        pl.col(field["name"]).cast(pl.Enum(field["categories"]) if is_ordered(field) else pl.Categorical)
        for field in fields
        if "categories" in field
    ]
    return pl.read_parquet(path, glob=False).with_columns(casts)


def read_arrow(path: Path, fields: list[Field]) -> Any:
    """Return a Parquet file as an Arrow table, coded columns as dictionaries."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.compute as pc  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    table = pq.ParquetFile(path, pre_buffer=False).read(use_threads=False)
    for number, field in enumerate(fields):
        if "categories" in field:
            codes = pa.array(field["categories"], pa.string())
            places = pc.index_in(table.column(number).combine_chunks(), codes)
            column = pa.DictionaryArray.from_arrays(places, codes, ordered=is_ordered(field))
            table = table.set_column(number, table.field(number).with_type(column.type), column)
    return table


def read_duckdb(path: Path, fields: list[Field]) -> Any:
    """Return a Parquet file as a DuckDB relation; every code list becomes an ENUM, which DuckDB has only in order."""
    import duckdb  # noqa: PLC0415

    casts = [
        f'"{field["name"]}"::ENUM({", ".join(map(repr, field["categories"]))}) AS "{field["name"]}"'
        for field in fields
        if "categories" in field
    ]
    replaced = f"* REPLACE ({', '.join(casts)})" if casts else "*"
    literal = re.sub(r"[*?\[]", r"[\g<0>]", str(path)).replace("'", "''")  # DuckDB takes a path for a pattern
    return duckdb.sql(f"SELECT {replaced} FROM read_parquet('{literal}')")


def is_ordered(field: Field) -> bool:
    """Tell whether the code list of a field declares an order."""
    return bool(field.get("categoriesOrdered"))


READERS: dict[str, tuple[Callable[[Path, list[Field]], Any], str]] = {
    "pandas": (read_pandas, "pandas pyarrow"),
    "polars": (read_polars, "polars"),
    "arrow": (read_arrow, "pyarrow"),
    "duckdb": (read_duckdb, "duckdb"),
}
