#!/bin/sh
exec node "$(dirname "$0")/browser/print.mjs" "$@"
