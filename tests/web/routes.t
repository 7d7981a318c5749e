#!/bin/sh
exec node "$(dirname "$0")/browser/routes.mjs" "$@"
