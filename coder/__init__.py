"""event-coder: news articles and an editable codebook in, a checked event dataset out.

    import coder

    coder.code_text("Jets bombed Homs on Sunday.", published="2024-02-05")
    dataset = coder.code_articles(frame)
    dataset = coder.open_dataset("outputs/news")

Each of these is loaded when it is first used, so that `import coder` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from coder.api.articles import code_articles
    from coder.api.dataset import Dataset, open_dataset
    from coder.api.texts import code_text
    from coder.errors import CoderError

__all__ = ["CoderError", "Dataset", "__version__", "code_articles", "code_text", "open_dataset"]

__version__ = "0.1.0"

_HOMES = {
    "CoderError": "coder.errors",
    "Dataset": "coder.api.dataset",
    "code_articles": "coder.api.articles",
    "code_text": "coder.api.texts",
    "open_dataset": "coder.api.dataset",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
