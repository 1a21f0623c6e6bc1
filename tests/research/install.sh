#!/bin/sh
# Installs what reads exports back, where it is missing: R with haven and reticulate and PSPP from
# Debian's packages, the extra `research` into .venv-research, at the versions of the lock file
# where it pins them. Run by `just test-research` from the root of the project.
set -eu

fail() {
    printf 'test-research: %s\n' "$1" >&2
    exit 2
}

there() {
    command -v Rscript >/dev/null && command -v pspp >/dev/null &&
        Rscript -e 'quit(status = !all(sapply(c("haven", "reticulate"), requireNamespace)))' \
            >/dev/null 2>&1
}

if ! there; then
    command -v apt-get >/dev/null ||
        fail "R with haven and reticulate, and PSPP, are needed, and this is no Debian to install them on."
    sudo=
    [ "$(id -u)" -eq 0 ] || sudo=sudo
    $sudo apt-get update -qq || fail "apt-get update failed, see above."
    $sudo apt-get install -y -qq --no-install-recommends \
        r-base-core r-cran-haven r-cran-reticulate pspp >/dev/null ||
        fail "the Debian packages could not be installed, see above."
fi

sh tests/install.sh .venv-research export,report,research
