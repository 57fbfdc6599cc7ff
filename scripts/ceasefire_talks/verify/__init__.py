"""A package that comes back: `check` compares bytes, `drift` compares with a rebuild."""
