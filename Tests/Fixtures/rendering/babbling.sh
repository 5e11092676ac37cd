#!/bin/sh
# Tells something that is no port.
echo 'hello there' >&3
read -r line <&4
