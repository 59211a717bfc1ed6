"""A school's day as the planner's input: read in a fixed number of queries, whatever the number of needs and people."""

from .read import DayProblem, read_day_problem

__all__ = ["DayProblem", "read_day_problem"]
