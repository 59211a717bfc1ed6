"""Edge colouring of a bipartite multigraph: lessons to slots, so that nobody has two in one slot.

By Kőnig's theorem as many colours suffice as the busiest teacher or class has lessons; the proof is the
algorithm.
"""

from collections.abc import Sequence

NONE = -1


def colour_edges(edges: Sequence[tuple[int, int]], colours: int) -> list[int]:
    """A colour for each edge (left, right), none of them twice at any node.

    Raises ValueError if a node has more edges than there are colours.
    """
    lefts = [[NONE] * colours for _ in range(1 + max((left for left, _right in edges), default=NONE))]
    rights = [[NONE] * colours for _ in range(1 + max((right for _left, right in edges), default=NONE))]
    colour_of = [NONE] * len(edges)
    for edge, (left, right) in enumerate(edges):
        # list.index raises the promised ValueError where a node has no colour left.
        at_left, at_right = lefts[left].index(NONE), rights[right].index(NONE)
        if at_left != at_right:
            _free_at_right(edges, lefts, rights, colour_of, right, at_left, at_right)
        colour_of[edge] = at_left
        lefts[left][at_left] = rights[right][at_left] = edge
    return colour_of


def _free_at_right(
    edges: Sequence[tuple[int, int]],
    lefts: list[list[int]],
    rights: list[list[int]],
    colour_of: list[int],
    right: int,
    wanted: int,
    other: int,
) -> None:
    """Swap two colours along the path that starts at a right node with `wanted`; it can't come back to the left."""
    path: list[int] = []
    node, side, colour = right, 1, wanted
    while (edge := (rights if side else lefts)[node][colour]) != NONE:
        path.append(edge)
        node, side = edges[edge][1 - side], 1 - side
        colour = other if colour == wanted else wanted
    for edge in path:
        left, at_right = edges[edge]
        lefts[left][colour_of[edge]] = rights[at_right][colour_of[edge]] = NONE
    for edge in path:
        left, at_right = edges[edge]
        colour_of[edge] = other if colour_of[edge] == wanted else wanted
        lefts[left][colour_of[edge]] = rights[at_right][colour_of[edge]] = edge
