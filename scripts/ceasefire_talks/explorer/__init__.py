"""The explorer: one page for a browser, without a network, that shows what the tables know.

Its sources lie in `page/`: `page.html`, `style.css`, plain scripts in the order of their names that share one scope.
"""

import hashlib
import json
from base64 import b64encode
from pathlib import Path
from string import Template
from typing import Any

from ceasefire_talks.declaration import Declaration
from ceasefire_talks.explorer.content import to_content
from ceasefire_talks.explorer.front import to_front
from ceasefire_talks.records.metadata import Package
from ceasefire_talks.tables.tabulate import Tables

SOURCES = Path(__file__).with_name("page")


def to_explorer(package: Package, tables: Tables, declared: Declaration) -> bytes:
    """Return the page as the bytes of one HTML file."""
    script = "".join(path.read_text("utf-8") for path in sorted(SOURCES.glob("*.js")))
    style = (SOURCES / "style.css").read_text("utf-8")
    refuse_ends(script, style)
    page = Template((SOURCES / "page.html").read_text("utf-8"))
    parts = {
        "policy": to_policy(script, style),
        "style": style,
        "content": to_json(to_content(package, tables, declared)),
        "script": script,
    }
    return page.substitute(to_front(package, tables, declared), **parts).encode("utf-8")


def to_policy(script: str, style: str) -> str:
    """Return the policy by which a browser runs this script, takes this style, and loads nothing."""
    allowed = f"script-src {to_source(script)}; style-src {to_source(style)}"
    return f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"


def to_source(text: str) -> str:
    """Return the hash of an element's text as a policy writes it."""
    return f"'sha256-{b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"


def to_json(content: Any) -> str:
    """Return compact JSON that cannot end the element it stands in."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def refuse_ends(*texts: str) -> None:
    """Raise `ValueError` where a source would end its own element."""
    if any("</s" in text.lower() or "<!--" in text for text in texts):
        raise ValueError("explorer/page: no script or style may hold an end tag or the start of a comment of HTML")
