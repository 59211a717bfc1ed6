"""A stored problem comes back equal, its fingerprint follows what matters, and a plan is the same everywhere."""

import json
import os
import subprocess
import sys
import zlib
from dataclasses import replace

import pytest
from hypothesis import given, settings

from coverplans.matching import Problem, decode, encode, input_hash, solve
from coverplans.matching.instance import canonical
from tests.coverplans.matching.days import day, lesson, substitute, teacher
from tests.coverplans.matching.strategies import problems

AGAIN = """
import json, sys
from coverplans.matching import decode, encode, input_hash, solve_and_explain
problem = decode(sys.stdin.buffer.read())
plan, reasons = solve_and_explain(problem)
told = {need: reason.to_dict() for need, reason in reasons.items()}
print(json.dumps([plan.to_dict(), told, input_hash(problem), encode(problem).hex()]))
"""


@settings(max_examples=60, deadline=None)
@given(problems())
def test_a_problem_survives_storage(problem: Problem) -> None:
    assert decode(encode(problem)) == canonical(problem)
    assert input_hash(decode(encode(problem))) == input_hash(problem)


def test_the_fingerprint_follows_what_matters() -> None:
    problem = day([lesson(1), lesson(2)], [teacher("Ada"), teacher("Ben")])
    assert input_hash(replace(problem, candidates=problem.candidates[::-1])) == input_hash(problem)
    assert input_hash(replace(problem, now=470)) == input_hash(problem)
    assert input_hash(replace(problem, now=480)) != input_hash(problem)
    assert input_hash(replace(problem, candidates=problem.candidates[:1])) != input_hash(problem)


@pytest.mark.parametrize("stored", [b"", b"nonsense", zlib.compress(b'{"format": 0}'), zlib.compress(b"[]")])
def test_what_was_not_stored_by_us_is_refused(stored: bytes) -> None:
    with pytest.raises(ValueError, match="planner problem"):
        decode(stored)


def test_the_same_input_gives_the_same_bytes_in_every_process() -> None:
    needs = [lesson(n % 6 + 1, key=f"n{n}", sections=(f"{n % 3}a",), subject="Art") for n in range(14)]
    people = [teacher(f"T{n}", credit_minutes=n % 4 * 60, sections=("0a",)) for n in range(9)]
    stored = encode(day(needs, [*people, substitute("Sub"), substitute("Sib")]))
    answers = {_in_a_new_process(stored, seed) for seed in ("1", "77")}
    assert len(answers) == 1
    assert json.loads(answers.pop())[0] == solve(decode(stored)).to_dict()


def _in_a_new_process(stored: bytes, hash_seed: str) -> bytes:
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    done = subprocess.run(
        [sys.executable, "-c", AGAIN], input=stored, env=environment, capture_output=True, check=True
    )
    return done.stdout
