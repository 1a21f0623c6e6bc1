"""The app with all its commands."""

from __future__ import annotations

# In the order of the help: coding, codebooks, datasets, how good it is.
from coder.cli import init  # noqa: F401  # isort: skip
from coder.cli import build  # noqa: F401  # isort: skip
from coder.cli import code  # noqa: F401  # isort: skip
from coder.cli import check  # noqa: F401  # isort: skip
from coder.cli import importing  # noqa: F401  # isort: skip
from coder.cli import actors  # noqa: F401  # isort: skip
from coder.cli import datasets  # noqa: F401  # isort: skip
from coder.cli import exports  # noqa: F401  # isort: skip
from coder.cli import panels  # noqa: F401  # isort: skip
from coder.cli import release  # noqa: F401  # isort: skip
from coder.cli import evaluate  # noqa: F401  # isort: skip
from coder.cli import pages  # noqa: F401  # isort: skip
from coder.cli._app import app

__all__ = ["app"]
