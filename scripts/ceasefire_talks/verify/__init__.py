"""A package that comes back: compared with the one that is installed, or judged by the declaration."""
