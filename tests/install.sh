#!/bin/sh
# Installs the project with some extras into an environment of its own, at the versions of the lock
# file where it pins them: sh tests/install.sh .venv-docs docs,report. Run from the root of the project.
set -eu

folder=$1
python=$folder/bin/python
[ -x "$python" ] || uv venv --quiet --python .venv/bin/python "$folder"
# Hashes belong to what is installed from the lock, so only its versions are taken as constraints.
pins=$folder/pins.txt
grep -oE '^[a-z0-9.-]+==[^ ;\\]+( ; [^\\]+)?' requirements.lock >"$pins"
uv pip install --quiet --python "$python" --constraints "$pins" --editable ".[$2]" || {
    printf '%s: the packages of the extras %s could not be installed, see above.\n' "$folder" "$2" >&2
    exit 2
}
