"""What several test files share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.export_sample import write_dataset


@pytest.fixture(scope="session")
def sample_dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The dataset of `tests/export_sample.py`; nothing may write into it."""
    return write_dataset(tmp_path_factory.mktemp("outputs") / "sample")
