"""What a card on Hugging Face says of the Parquet files: a configuration a table."""

import yaml

from ceasefire_talks.declaration import Declaration, published
from ceasefire_talks.files import data_path


def to_configs(declared: Declaration) -> str:
    """Return the `configs:` block of the card's front matter; the first table is what loads where none is named."""
    configs: list[dict[str, str | bool]] = [
        {"config_name": name, "data_files": data_path(name, table, "parquet")}
        for name, table in published(declared).items()
    ]
    configs[0]["default"] = True
    return yaml.safe_dump({"configs": configs}, sort_keys=False)
