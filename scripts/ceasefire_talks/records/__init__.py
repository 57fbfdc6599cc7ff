"""YAML -> rows with lines: what people write, and where it stands."""
