"""As many colours as the busiest node has edges are enough, and one fewer is not."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.importers.generated.colouring import colour_edges

graphs = st.lists(st.tuples(st.integers(0, 8), st.integers(0, 6)), min_size=1, max_size=60)


def busiest(edges: list[tuple[int, int]]) -> int:
    return max(
        max(Counter(left for left, _right in edges).values()),
        max(Counter(right for _left, right in edges).values()),
    )


@settings(deadline=None)
@given(graphs)
def test_no_colour_twice_at_a_node(edges: list[tuple[int, int]]) -> None:
    colours = busiest(edges)
    colour_of = colour_edges(edges, colours)
    assert set(colour_of) <= set(range(colours))
    for side in (0, 1):
        assert len({(edge[side], colour) for edge, colour in zip(edges, colour_of, strict=True)}) == len(
            edges
        )


@settings(deadline=None)
@given(graphs)
def test_too_few_colours_are_refused(edges: list[tuple[int, int]]) -> None:
    with pytest.raises(ValueError, match="not in list"):
        colour_edges(edges, busiest(edges) - 1)
