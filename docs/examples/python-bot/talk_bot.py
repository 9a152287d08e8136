#!/usr/bin/python3
"""Converses in tones: greets, answers each utterance, key 1 says it again, key 9 says goodbye and hangs up."""

import json
import sys

import connection
import tones
from connection import agent


class TalkBot:
    """Converses in tones: greets, answers each utterance, key 1 says it again, key 9 says goodbye and hangs up."""

    # No caller audio: the gateway's recogniser tells when the caller has spoken.
    OPEN = agent.Open(acknowledges=True)

    def __init__(self, call):
        self.call = call
        self.state = "listening"  # or greeting, answering, leaving
        self.sent_ms = 0  # of what is being said
        # What the next bot has to know if this one dies.
        self.memory = {"turns": 0, "utterance_ms": 0, "interrupted_at_ms": None}

    def on_started(self, response):
        started = response.started
        if not started.resumed:
            self.say("greeting", tones.GREETING, "greeting")
            self.remember()
            return
        if started.context:
            self.memory = json.loads(started.context)
        gap_ms = getattr(started, "break").gap_ms
        self.call.log(f"resumed: {self.memory['turns']} turns so far, {gap_ms} ms without a bot")

    def on_utterance_ended(self, response):
        if self.state == "leaving":
            return
        utterance = response.utterance_ended
        self.memory["turns"] += 1
        self.memory["utterance_ms"] = utterance.end_ms - utterance.start_ms
        self.answer()
        self.remember()

    def on_dtmf(self, response):
        digit = response.dtmf.digit
        if self.state == "leaving":
            return
        if digit == "1":
            self.answer()
        elif digit == "9":
            self.say("leaving", tones.GOODBYE, "goodbye")
            # Waits for the goodbye by itself.
            self.call.hang_up("the caller pressed 9")

    def on_interrupted(self, response):
        # All that was to be said has been sent, and is forgotten there. Whoever still makes audio stops here.
        self.call.log(f"interrupted while {self.state}, after {self.sent_ms} ms")
        self.memory["interrupted_at_ms"] = self.sent_ms
        self.remember()
        if self.state != "leaving":
            self.state = "listening"
        self.sent_ms = 0

    def on_playback(self, response):
        self.sent_ms = response.playback.sent_ms

    def on_mark(self, response):
        mark = response.mark
        outcome = agent.MarkOutcome.Name(mark.outcome).replace("MARK_OUTCOME_", "").lower()
        self.call.log(f"mark {mark.name} {outcome}")
        if mark.outcome == agent.MARK_OUTCOME_PLAYED and self.state != "leaving":
            self.state = "listening"

    def on_warning(self, response):
        self.call.log(f"warning: {response.warning.text}")

    def on_released(self, response):
        self.call.log(f"released: {response.released.reason}")

    def on_ended(self, response):
        ended = response.ended
        self.call.log(f"ended by {ended.by}: {ended.reason}")

    def answer(self):
        turns, utterance_ms = self.memory["turns"], self.memory["utterance_ms"]
        self.say("answering", tones.answer(utterance_ms), f"answer-{turns}")

    def say(self, state, audio, mark):
        self.call.log(f"{state}: {mark}, {len(audio) // tones.SAMPLES_PER_MS} ms")
        self.state = state
        self.call.play(audio)
        self.call.mark(mark)

    def remember(self):
        self.call.keep(json.dumps(self.memory).encode())


if __name__ == "__main__":
    sys.exit(connection.serve(TalkBot, "python-talk"))
