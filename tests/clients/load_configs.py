"""Prints what Hugging Face's library loads from a folder: without a name, then by each of its configurations."""

import json
import sys

from datasets import get_dataset_config_names, load_dataset

for name in (None, *get_dataset_config_names(sys.argv[1])):
    print(json.dumps([name, load_dataset(sys.argv[1], name, split="train").to_list()], default=str))
