#!/usr/bin/env bash
# Makes the recordings of src/test/resources/audio and their truth.csv. Needs espeak-ng and sox; run it again only to
# change them. Speech is trimmed at -45 dBFS and put between known silences, tones are made to the sample: so the truth
# is arithmetic, not a listener's opinion. All files: 8 kHz mono mu-law without header.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
out="$here/../resources/audio"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$out"
rm -f "$out"/*.ul "$out/truth.csv"
echo "file,kind,start_ms,end_ms,what" > "$out/truth.csv"

truth() { echo "$1,$2,$3,$4,${5:-}" >> "$out/truth.csv"; }
samples() { soxi -s "$1"; }
finish() { sox -D "$1" -t ul -r 8000 -c 1 "$out/$2"; }

# voice speed text wav peak_db: one phrase in the telephone band, cut at its first and last sound
phrase() {
    espeak-ng -v "$1" -s "$2" -w "$work/raw.wav" "$3"
    sox -D "$work/raw.wav" -r 8000 -c 1 "$work/band.wav" sinc 250-3400 norm -3
    sox -D "$work/band.wav" "$4" silence 1 0.01 -45d reverse silence 1 0.01 -45d reverse norm "$5"
}

# file voice speed peak_db lead_ms gap_ms tail_ms text...: phrases with silence before, between and after
utterances() {
    local file=$1 voice=$2 speed=$3 peak=$4 lead=$5 gap=$6 tail=$7
    shift 7
    local at=$((lead * 8)) parts=() n=0 pad=$lead
    for text in "$@"; do
        n=$((n + 1))
        phrase "$voice" "$speed" "$text" "$work/p$n.wav" "$peak"
        sox -D "$work/p$n.wav" "$work/q$n.wav" pad "$((pad * 8))s" 0
        parts+=("$work/q$n.wav")
        local length
        length=$(samples "$work/p$n.wav")
        truth "$file" speech $((at / 8)) $(((at + length) / 8))
        at=$((at + length + gap * 8))
        pad=$gap
    done
    sox -D "${parts[@]}" "$work/all.wav" pad 0 "$((tail * 8))s"
    finish "$work/all.wav" "$file"
}

us=en-us+m1 gb=en-gb+f2 sc=en-gb-scotland+m3
utterances u1.ul $us 165 -6 800 1200 1200 "I would like to change my booking to Tuesday morning"
utterances u2.ul $gb 155 -6 600 1200 1200 "good morning this is Margaret calling about the invoice"
utterances u3.ul $sc 170 -6 1000 1200 1200 "my account number is forty two seventeen ninety three"
utterances u4.ul $us 160 -14 700 1300 1200 "yes please" "no the other one"
utterances u5.ul $gb 160 -10 900 1500 1200 "can you hear me" "hello is anybody there"
utterances u6.ul $sc 160 -18 800 1200 1200 "the water heater has been leaking since yesterday"
utterances u7.ul $gb 175 -6 500 1100 1200 "okay" "thank you very much" "goodbye"
utterances u8.ul $us 150 -12 1200 1200 1200 "could you send somebody over before the weekend"

# Speech without any key: what a detector must not mistake for one.
talk_off() {
    phrase "$2" "$3" "$4" "$work/talk.wav" -3
    finish "$work/talk.wav" "$1"
    truth "$1" talk-off 0 $(($(samples "$work/talk.wav") / 8))
}
talk_off t1.ul $us 170 "The number you have dialled is zero one two three four five six seven eight nine. Please wait for the tone and then press the star key. We are sorry to keep you waiting."
talk_off t2.ul $gb 160 "Room eleven on the ninth floor was free all evening. He knew you were in the queue. Who are you and where do you go to school. Ooh, ah, ee, oh, you."
talk_off t3.ul $sc 165 "Around the rugged rocks the ragged rascal ran. How now brown cow. A loud outcry followed while our aunt and uncle were away. Sing a low song along the lonely road."

digits=(1 2 3 A 4 5 6 B 7 8 9 C '*' 0 '#' D)
rows=(697 770 852 941) columns=(1209 1336 1477 1633)

# file tone_ms pause_ms low_db high_db: all 16 digits; the levels are peak amplitudes of each tone
keypad() {
    local file=$1 tone=$2 pause=$3 low=$4 high=$5 parts=() at=300
    sox -D -r 8000 -n -b 16 "$work/lead.wav" trim 0 0.3
    sox -D -r 8000 -n -b 16 "$work/rest.wav" trim 0 "$((pause * 8))s"
    parts+=("$work/lead.wav")
    for i in "${!digits[@]}"; do
        sox -D -r 8000 -n -b 16 "$work/l.wav" synth "$((tone * 8))s" sine "${rows[$((i / 4))]}" gain "$low"
        sox -D -r 8000 -n -b 16 "$work/h.wav" synth "$((tone * 8))s" sine "${columns[$((i % 4))]}" gain "$high"
        sox -D -m -v 1 "$work/l.wav" -v 1 "$work/h.wav" "$work/d$i.wav"
        parts+=("$work/d$i.wav" "$work/rest.wav")
        truth "$file" dtmf $at $((at + tone)) "${digits[$i]}"
        at=$((at + tone + pause))
    done
    sox -D "${parts[@]}" "$work/keys.wav" pad 0 0.2
    finish "$work/keys.wav" "$file"
}
keypad d50.ul 50 70 -12 -10
keypad d70.ul 70 83 -9 -12
keypad d100.ul 100 107 -16 -16
keypad d70-quiet.ul 70 79 -26 -24
keypad d70-high-twist.ul 70 83 -15 -12
keypad d70-low-twist.ul 70 77 -10 -16

# file name frequency tone_ms pause_ms times
tones() {
    local file=$1 name=$2 hz=$3 tone=$4 pause=$5 times=$6 parts=() at=500
    sox -D -r 8000 -n -b 16 "$work/lead.wav" trim 0 0.5
    parts+=("$work/lead.wav")
    for ((i = 0; i < times; i++)); do
        sox -D -r 8000 -n -b 16 "$work/t.wav" synth "$((tone * 8))s" sine "$hz" gain -12 pad 0 "$((pause * 8))s"
        cp "$work/t.wav" "$work/t$i.wav"
        parts+=("$work/t$i.wav")
        truth "$file" tone $at $((at + tone)) "$name"
        at=$((at + tone + pause))
    done
    sox -D "${parts[@]}" "$work/tones.wav"
    finish "$work/tones.wav" "$file"
}
tones cng.ul FAX_CNG 1100 500 3000 2
tones ced.ul FAX_CED 2100 3000 500 1
tones beep1000.ul BEEP 1000 300 700 2
tones beep1400.ul BEEP 1400 800 700 1
tones beep440.ul BEEP 440 500 700 1

du -cb "$out"/* | tail -1
