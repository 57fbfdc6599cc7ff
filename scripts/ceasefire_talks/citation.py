"""`CITATION.cff`: how to cite this version, from what the project says of itself."""

import yaml

from ceasefire_talks.project import Project


def to_citation(project: Project) -> bytes:
    """Return the citation file in Citation File Format 1.2.0."""
    citation = {
        "cff-version": "1.2.0",
        "message": "If you use this dataset, please cite this version of it.",
        "type": "dataset",
        "title": project["title"],
        "version": project["version"],
        "date-released": project["released"],
        "authors": [{"name": project["author"]}],
        "abstract": project["description"],
        "keywords": project["keywords"],
        "license": "CC-BY-4.0",
    }
    return yaml.safe_dump(citation, sort_keys=False, allow_unicode=True, width=110).encode("utf-8")
