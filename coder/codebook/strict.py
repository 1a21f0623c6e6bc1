"""The base of every model of codebook files: unknown keys are refused, values never change."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Strict(BaseModel):
    """A part of a codebook file.

    >>> Strict.model_config["extra"]
    'forbid'
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
