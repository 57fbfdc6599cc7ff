"""What desktops and editors leave beside files, in one list: a build, a check and a reader pass over it."""

import re

LITTER = re.compile(
    r"__MACOSX|\.DS_Store|\.AppleDouble|\._.*|Icon\r"  # the Finder
    r"|Thumbs\.db|ehthumbs\.db|desktop\.ini"  # Windows
    r"|\.directory|\.fuse_hidden.*|\.nfs[0-9a-f]+"  # desktops and network drives of Linux
    r"|\.ipynb_checkpoints|\.~lock\..*#|~\$.*"  # Jupyter, LibreOffice, Microsoft Office
    r"|.*~|.*\.bak|\..*\.sw[a-p]|#.*#|\.#.*",  # editors
    re.IGNORECASE | re.DOTALL,
)


def is_litter(name: str) -> bool:
    """Tell whether a path, with slashes, names such a file or one in a folder of such."""
    return any(LITTER.fullmatch(part) for part in name.split("/"))
