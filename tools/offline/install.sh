#!/bin/sh
# Installs Remit from this folder: sh install.sh [FOLDER]. PYTHON names another Python.
exec "${PYTHON:-python3}" "$(dirname "$0")/install.py" "$@"
