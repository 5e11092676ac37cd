#!/bin/sh
# Ends before it has told a port.
echo "first words" >&2
echo "the last words" >&2
exit 3
