"""How small and quick the page is: `python scripts/maintain/explorer.py` prints sizes, and medians in milliseconds.

Ready is within 1.5 times a bare page that parses the same JSON, plus 150 ms; a table of 5,000 rows filters in under
100 ms. Not a test: machines are noisy. Needs Chromium, and `npm ci --prefix tests/explorer`.
"""

import gzip
import json
import re
import statistics
import subprocess
import tempfile
from pathlib import Path

from ceasefire_talks.installed import EXPLORER

ROOT = Path(__file__).parents[2]
PLACES = ("", "#talks", "#wants", "#checks", "#reasons", "#table/backing", "#row/actors/israel")
CONTENT = re.compile(r'<script type="application/json" id="content">.*?</script>', re.DOTALL)
BARE = '<!doctype html><meta charset="utf-8"><title>bare</title>{}<script>c=JSON.parse(content.textContent)</script>'


def time_page(what: str, page: Path, argument: str = "") -> float:
    """Return the median of what the browser measures on a page, in milliseconds; the first is to warm up."""
    command = ["node", str(ROOT / "tests" / "explorer" / "browse.mjs"), what, page.as_uri(), argument]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    times: list[float] = json.loads(done.stdout)["found"]
    return statistics.median(times[1:])


def main() -> None:
    """Print the figures."""
    page = ROOT / EXPLORER
    text = page.read_text("utf-8")
    [content] = CONTENT.findall(text)
    packed = gzip.compress(text.encode("utf-8"), 9)
    print(f"{len(text.encode('utf-8')) / 1000:.0f} kB, {len(packed) / 1000:.1f} kB gzipped")
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / "bare.html"
        bare.write_text(BARE.format(content), "utf-8")
        parsed = time_page("ready", bare)
    print(f"bare page {parsed:.0f} ms, so that {1.5 * parsed + 150:.0f} ms are allowed")
    for place in PLACES:
        print(f"{place or 'front':20} {time_page('ready', page, place):.0f} ms")
    print(f"5,000 rows filtered and drawn in {time_page('filter', page, 'backing'):.0f} ms")


if __name__ == "__main__":
    main()
