"""How people, editors and merges break the records."""
