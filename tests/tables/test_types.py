"""Texts that are not of the type of their field are refused, each with what is wrong."""

import pytest

from ceasefire_talks.tables.tabulate import parse_cell
from helpers import Case, name_cases, read_cases


@pytest.mark.parametrize("case", name_cases(read_cases("tables/types.yaml"), "text"))
def test_value_is_not_of_its_type(case: Case) -> None:
    with pytest.raises(ValueError, match=r"^(is|has) ") as error:
        parse_cell(case["field"], case["text"])
    assert [str(error.value)] == case["says"]
