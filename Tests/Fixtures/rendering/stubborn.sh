#!/bin/sh
# Tells a port and then ignores its lifeline and every polite signal.
trap '' TERM INT HUP
echo '{"port":43210}' >&3
exec 3>&-
while :; do sleep 1; done
