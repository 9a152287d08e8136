#!/usr/bin/python3
"""Sends the caller's audio back, frame by frame."""

import sys

import connection
from connection import agent


class EchoBot:
    """Sends the caller's audio back, frame by frame."""

    OPEN = agent.Open(
        caller_audio=agent.AUDIO_ENCODING_MULAW_8K,
        agent_audio=agent.AUDIO_ENCODING_MULAW_8K,
        # Whoever speaks hears himself; that is no interruption.
        barge_in=agent.BargeIn(policy=agent.BARGE_IN_POLICY_OFF),
    )

    def __init__(self, call):
        self.call = call

    def on_started(self, response):
        self.call.log("resumed" if response.started.resumed else "started")

    def on_audio(self, response):
        self.call.play(response.audio.payload)

    def on_ended(self, response):
        ended = response.ended
        self.call.log(f"ended by {ended.by}: {ended.reason}")


if __name__ == "__main__":
    sys.exit(connection.serve(EchoBot, "python-echo"))
