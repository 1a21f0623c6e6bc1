"""The heavy packages behind `event-coder[report]`, imported only when a page is made."""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from coder.errors import E750, CoderError


def need(package: str) -> ModuleType:
    """A package of the extra `report`; raises E750, which says how to install it.

    >>> need("json").__name__
    'json'
    """
    try:
        return import_module(package)
    except ImportError as error:
        raise CoderError(E750, package=package) from error
