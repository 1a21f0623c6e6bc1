"""GeoParquet: Parquet with the points of events as geometry that GIS programs read.

Follows version 1.1.0 of the GeoParquet specification: well-known binary, WGS84, longitude first.
"""

from __future__ import annotations

import json
import struct
from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

GEOMETRY = "geometry"
_POINT = struct.Struct("<BIdd")


def point(longitude: float | None, latitude: float | None) -> bytes | None:
    """A point as well-known binary, little endian; None where a coordinate is unknown.

    >>> point(44.4, 33.3).hex()[:10]
    '0101000000'
    """
    if longitude is None or latitude is None:
        return None
    return _POINT.pack(1, 1, longitude, latitude)


def write_geoparquet(df: pl.DataFrame, path: Path, description: str = "") -> None:
    """Writes a frame with `latitude` and `longitude` (degrees) and a column `geometry` of points,
    null where the place is not known."""
    places = df.select("longitude", "latitude")
    table = df.to_arrow().append_column(
        GEOMETRY, pa.array([point(*row) for row in places.iter_rows()], pa.binary())
    )
    known = places.drop_nulls()
    column: dict[str, object] = {"encoding": "WKB", "geometry_types": ["Point"]}
    if known.height:
        lon, lat = known["longitude"], known["latitude"]
        column["bbox"] = [lon.min(), lat.min(), lon.max(), lat.max()]
    geo = {"version": "1.1.0", "primary_column": GEOMETRY, "columns": {GEOMETRY: column}}
    metadata = {"geo": json.dumps(geo), "description": description}
    pq.write_table(table.replace_schema_metadata(metadata), path, compression="zstd", version="2.6")
