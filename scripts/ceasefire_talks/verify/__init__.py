"""A package that comes back: `check` compares bytes, `validate` judges rows, `drift` compares with a rebuild."""
