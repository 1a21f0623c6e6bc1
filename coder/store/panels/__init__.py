"""Panels: complete tables of units and periods, with what was read as exposure."""
