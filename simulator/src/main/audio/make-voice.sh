#!/bin/sh
# Makes the bundled voice: 8 kHz µ-law without a header, some eight seconds of speech with no pause over 0.25 s.
# Needs espeak-ng and sox. Usage: make-voice.sh [OUTPUT]
set -eu

here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
output=${1:-$here/../resources/io/steadyline/simulator/voice.ulaw}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# No full stops: a sentence end makes espeak-ng pause for half a second.
text='good morning I am calling about the parcel that should have come on tuesday afternoon and I would like to know
whether it can be delivered to my neighbour at number forty two because I will be out of the house until the end
of the week and nobody else is there to open the door'

espeak-ng -v en-gb -s 150 -p 45 -w "$work/speech.wav" "$text"

# silence: cut every stretch under 1 % that lasts longer than 0.15 s down to 0.15 s, the ends to nothing.
# -D: no dither, so that the result is the same on every run.
sox -D -V1 "$work/speech.wav" -t raw -r 8000 -c 1 -e mu-law "$output" \
    highpass 200 rate 8000 norm -3 silence -l 1 0.01 1% -1 0.15 1% trim 0 9 fade t 0.005 -0 0.005

bytes=$(wc -c < "$output")
echo "$output: $bytes bytes, $((bytes / 8)) ms"
