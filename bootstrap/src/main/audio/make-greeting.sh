#!/usr/bin/env bash
# Makes the bundled greeting: needs espeak-ng and sox. Prints the size; the result is committed.
set -euo pipefail
cd "$(dirname "$0")"
out=../resources/io/steadyline/bootstrap/greeting.ulaw
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
espeak-ng -v en-us -s 150 -w "$work/greeting.wav" \
  "Hello. You are connected to Steadyline. The line is open, and everything you say is being heard. Please go ahead."
sox "$work/greeting.wav" -r 8000 -c 1 -e mu-law -b 8 -t raw "$out" gain -n -6 highpass 200 lowpass 3400
wc -c "$out"
