"""event-coder: news articles and an editable codebook in, a checked event dataset out."""

__version__ = "0.1.0"
