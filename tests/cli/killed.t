#!/bin/sh
# Imports and the server, killed twenty times; more of it, and faults of memory and disk: make torture.
exec tests/torture/torture.py --faults 0 --kills 10
