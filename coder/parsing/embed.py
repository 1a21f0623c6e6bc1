"""Equal words are embedded once: the first layers of the network see one token at a time.

What they make of a token depends on its features alone (norm, prefix, suffix, shape, whether a
space follows). The rows of the matrix product are independent of each other in BLIS, which
thinc uses, so that a kept vector is the same to the last bit.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from thinc.api import Model, NumpyOps
from thinc.types import Ragged

_LAYERS = ("extract_features", "list2ragged", "with_array", "with_array", "ragged2list")
_KEPT = 50_000
"""Vectors kept (384 bytes each with 96 numbers); the store is begun anew when it is larger."""


def embed_once(nlp: Any) -> bool:
    """Put the store before the embedding of a pipeline; False where it is built otherwise.

    >>> from coder.parsing.parse import Parser
    >>> Parser().nlp.get_pipe("tok2vec").model.layers[0].name
    'embed_once'
    """
    if "tok2vec" not in nlp.pipe_names:
        return False
    layers = nlp.get_pipe("tok2vec").model.layers
    embed = layers[0] if layers else None
    if embed is None or type(embed.ops) is not NumpyOps or not embed.ops.use_blis:
        return False
    if len(embed.layers) != len(_LAYERS):
        return False
    if not all(own.name.startswith(name) for own, name in zip(embed.layers, _LAYERS, strict=True)):
        return False
    layers[0] = Model("embed_once", _Store(embed), layers=[embed], dims={"nO": embed.get_dim("nO")})
    return True


class _Store:
    """Vectors by the bytes of their features."""

    def __init__(self, embed: Any) -> None:
        self.extract, _, self.mix, self.join, _ = embed.layers
        self.width = embed.get_dim("nO")
        self._places: dict[bytes, int] = {}
        self._table: Any = np.zeros((4096, self.width), dtype="float32")

    def __call__(self, model: Any, docs: Sequence[Any], is_train: bool) -> tuple[list[Any], Any]:
        found = self.extract.predict(docs)
        lengths = [len(f) for f in found]
        features = np.concatenate(found) if found else np.zeros((0, 0), "uint64")
        vectors = self._vectors(features)
        return np.split(vectors, np.cumsum(lengths)[:-1]), _no_training

    def _vectors(self, features: Any) -> Any:
        data, size = features.tobytes(), features.dtype.itemsize * features.shape[1]
        keys = [data[at : at + size] for at in range(0, len(data), size or 1)]
        known = self._places
        if len(known) > _KEPT:
            known.clear()
        new: dict[bytes, int] = {}
        for n, key in enumerate(keys):
            if key not in known:
                new.setdefault(key, n)
        if new:
            self._keep(new, features[list(new.values())])
        return self._table[[known[key] for key in keys]]

    def _keep(self, new: dict[bytes, int], features: Any) -> None:
        lengths: Any = np.asarray([len(features)], dtype="int32")
        fresh = self.join.predict(self.mix.predict(Ragged(features, lengths))).dataXd
        first = len(self._places)
        while len(self._table) < first + len(fresh):
            self._table = np.concatenate([self._table, np.zeros_like(self._table)])
        self._table[first : first + len(fresh)] = fresh
        self._places.update((key, first + n) for n, key in enumerate(new))


def _no_training(_: Any) -> Any:
    raise NotImplementedError("the pipeline is only read, never trained")
