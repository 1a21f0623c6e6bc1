"""Pages for people: a dataset as one HTML file, a codebook as HTML and Markdown.

`coder.report.page.write_report` and `coder.report.codebook_page` are the two ways in. Nothing on
a page comes from the network: scripts, styles, shapes and data are inside the file.
"""
