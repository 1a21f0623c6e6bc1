set positional-arguments

export PATH := justfile_directory() / ".venv/bin:" + env("PATH")

dataset := "outputs/seeds"

# List the recipes
default:
    @just --list --unsorted

# Install what requirements.lock pins into .venv, where that is missing or out of date
setup:
    @./run --version >/dev/null && echo "Ready: .venv"

# Code the sample articles into outputs/seeds
build *args:
    coder build 'seeds/*.txt' --out {{dataset}} "$@"

# Code JSON lines from standard input
code *args:
    @coder code "$@"

# Show how a sentence is coded and why
explain *args:
    @coder explain "$@"

# Run the test sentences inside the codebooks
check *args:
    coder check "$@"

# Score against gold annotations
score *args:
    coder score "$@"

# Measure against the gold and write docs/accuracy.md, where there is gold
accuracy gold="../shared/gold":
    @test -e "{{gold}}" || { echo "There is no gold at {{gold}}; name another: just accuracy DIR" >&2; exit 2; }
    coder score "{{gold}}" --markdown > outputs/accuracy.md
    mv outputs/accuracy.md docs/accuracy.md

# Draw a sample of the built dataset to check by eye
sample *args:
    coder sample {{dataset}} --out outputs/sample.csv "$@"

# Write the built dataset as one HTML page, outputs/report.html
report *args:
    coder report {{dataset}} "$@"

# Query the built dataset: ./run query "SELECT ..."
query *args:
    @coder query "$@"

# Ask the built dataset a question of docs/queries.md by name: just ask dyads
ask *args:
    @coder query --recipe "$@"

# Check everything: lint, codebooks, tests
test *args: lint check
    pytest -q "$@"

# Open the pages in Chromium and use them: filter, click, zoom, print
test-browser *args:
    @command -v chromium >/dev/null || { echo "Needed: Chromium (apt-get install chromium)" >&2; exit 2; }
    uv pip install --quiet 'playwright>=1.55'
    pytest -q tests/browser "$@"

# Read exports back with R, PSPP, statsmodels and geopandas, which are installed first (Debian)
test-research *args:
    sh tests/research/install.sh
    .venv-research/bin/python -m pytest -q tests/research "$@"

# Try random and mangled inputs: just fuzz 200000
fuzz inputs="20000" *args:
    FUZZ_INPUTS={{inputs}} pytest -q tests/fuzz {{args}}

# Run the engine for clusters on two nodes of this computer, and end one of them
test-ray *args:
    uv pip install --quiet 'ray>=2.40'
    pytest -q tests/ray "$@"

# Write the pages of docs as a site, build/site, with the notebook run
site: _docs
    .venv-docs/bin/python docs/build_site.py

# Build the site and check it, and run every command of README.md and of the guide
test-docs *args: _docs
    .venv-docs/bin/python -m pytest -q tests/docs "$@"

_docs:
    @sh tests/install.sh .venv-docs docs,export,report

# Check style, types and the direction of imports
lint:
    ruff check .
    ruff format --check .
    mypy
    lint-imports

# Put the code into the house style
fmt:
    ruff check --fix .
    ruff format .

# Write the pages that are made of the code anew: the columns and the commands
docs:
    python -m coder.tables.dictionary docs/data-dictionary.md
    python -m coder.cli._docs docs/cli.md

# Write the expected events of the sample articles anew, for a person to review
golden:
    GOLDEN=write pytest -q tests/golden/test_seeds_dataset.py

# Measure the speed of each step and of builds, and write docs/performance.md
bench *args:
    python -m tests.bench --out docs/performance.md "$@"

# Remove what builds and tools have written, except .venv
clean:
    rm -rf dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .benchmarks {{dataset}}

# Pin the newest versions that pyproject.toml allows (all platforms, with hashes)
lock:
    uv pip compile pyproject.toml --extra dev --extra export --extra report --universal --python-version 3.11 --fork-strategy fewest --upgrade --only-binary :all: --generate-hashes --no-emit-index-url --no-header --quiet --output-file requirements.lock
