"""The layouts by name."""

from __future__ import annotations

from coder.export.layout import Layout
from coder.export.layouts_acled import ACLED
from coder.export.layouts_cameo import GDELT, ICEWS, PHOENIX
from coder.export.layouts_plover import POLECAT

LAYOUTS: dict[str, Layout] = {
    layout.name: layout for layout in (ACLED, GDELT, ICEWS, POLECAT, PHOENIX)
}
"""The columns of other projects that an export can have."""
