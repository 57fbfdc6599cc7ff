"""Reads the page as a browser without scripts does."""

from html.parser import HTMLParser

from helpers import ROOT

PAGE = ROOT / "data" / "explorer.html"
VOID = {"meta", "input", "link", "br"}


class Reader(HTMLParser):
    """Collects elements with their attributes and texts, and the tags that were never closed."""

    def __init__(self, text: str) -> None:
        """Read a page."""
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None], list[str]]] = []
        self.open: list[int] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.elements.append((tag, dict(attrs), []))
        if tag not in VOID:
            self.open.append(len(self.elements) - 1)

    def handle_endtag(self, tag: str) -> None:
        """Close the element that was opened last, which must be of that name."""
        assert self.elements[self.open.pop()][0] == tag

    def handle_data(self, data: str) -> None:
        """Add a text to all elements that it stands in."""
        for place in self.open:
            self.elements[place][2].append(data)

    def texts(self, tag: str, **attributes: str) -> list[str]:
        """Return the texts of the elements of a name that have some attributes."""
        return [
            "".join(found)
            for name, has, found in self.elements
            if name == tag and all(has.get(key.rstrip("_")) == value for key, value in attributes.items())
        ]
