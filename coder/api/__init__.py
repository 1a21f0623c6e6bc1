"""What `import coder` offers to Python: `code_text`, `code_articles`, `open_dataset`, and the
component of spaCy. docs/python.md is the page for users."""
