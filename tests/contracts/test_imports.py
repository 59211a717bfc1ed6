"""The layers of the house, as import-linter reads them from pyproject.toml."""

from importlinter.cli import EXIT_STATUS_SUCCESS, lint_imports

from .tree import ROOT


def test_imports_go_down_only() -> None:
    assert lint_imports(config_filename=str(ROOT / "pyproject.toml"), cache_dir=None) == EXIT_STATUS_SUCCESS
