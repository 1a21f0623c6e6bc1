"""Importers: dictionaries of other programs to codebooks of our own format."""
