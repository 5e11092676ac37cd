#!/bin/sh
# Stands in for `darkroom backend`: checks what it is given, tells a port and lives as long as its lifeline.
read -r secret <&5
[ ${#secret} -eq 64 ] || { echo "no secret" >&2; exit 9; }
echo "arguments: $*" >&2
echo '{"port":43210}' >&3
exec 3>&-
read -r line <&4
exit 0
