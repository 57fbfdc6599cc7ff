"""Bytes for `dist/`: SQLite, and what opens it in Datasette."""
