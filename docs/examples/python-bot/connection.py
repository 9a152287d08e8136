"""A bot's side of steadyline.agent.v1: registers, takes calls, and comes back when the gateway was away.

A bot is a class, of which one object is made for each call. It says in OPEN what it wants. What the gateway tells of the
call comes to the method that is named after the message's field in AttendResponse (on_started, on_audio,
on_utterance_ended …), if there is one. The methods of one call are called one after the other, on a thread of that call.
"""

import argparse
import os
import pathlib
import queue
import random
import signal
import sys
import threading

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "generated"))

import grpc  # noqa: E402
from steadyline.agent.v1 import agent_pb2 as agent  # noqa: E402
from steadyline.agent.v1 import agent_pb2_grpc  # noqa: E402

FIRST_PAUSE_S = 0.2
LAST_PAUSE_S = 5.0
GOODBYE_S = 1.0
MAX_AUDIO_BYTES = 256 * 1024
FRAMES_PER_ACKNOWLEDGE = 50
# Trying again would not help.
HOPELESS = (grpc.StatusCode.INVALID_ARGUMENT, grpc.StatusCode.FAILED_PRECONDITION, grpc.StatusCode.UNAUTHENTICATED)
CHANNEL_OPTIONS = [
    # gRPC's own pauses would grow to two minutes.
    ("grpc.initial_reconnect_backoff_ms", 200),
    ("grpc.max_reconnect_backoff_ms", 2000),
    # A gateway whose machine is gone says nothing any more. More often than every 30 s is refused.
    ("grpc.keepalive_time_ms", 60000),
    ("grpc.keepalive_timeout_ms", 5000),
]


def say(text):
    print(text, flush=True)


def metadata():
    token = os.environ.get("STEADYLINE_GRPC_BEARER_TOKEN")
    return [("authorization", f"Bearer {token}")] if token else []


class Call:
    """One call, as its bot sees it. What is sent may be sent from any thread."""

    def __init__(self, call_id):
        self.id = call_id
        self.epoch = 0  # what was told last
        self.sequence = 0  # of the last event
        self.audio_position = -1
        self.requests = queue.SimpleQueue()  # None ends the stream

    def play(self, audio, epoch=None):
        """A bot that says a sentence bit by bit gives the epoch in which it began: after a clear the rest is dropped."""
        for start in range(0, len(audio), MAX_AUDIO_BYTES):
            payload = audio[start : start + MAX_AUDIO_BYTES]
            self.send(audio=agent.Audio(payload=payload, epoch=self.epoch if epoch is None else epoch))

    def mark(self, name, epoch=None):
        self.send(mark=agent.Mark(name=name, epoch=self.epoch if epoch is None else epoch))

    def hang_up(self, reason):
        self.send(hang_up=agent.HangUp(reason=reason))

    def keep(self, context):
        self.send(keep_context=agent.KeepContext(context=context))

    def acknowledge(self):
        self.send(acknowledge=agent.Acknowledge(sequence=self.sequence, audio_position=self.audio_position))

    def is_due_after_audio(self, kind):
        return kind == "audio" and self.audio_position % FRAMES_PER_ACKNOWLEDGE == 0

    def send(self, **field):
        self.requests.put(agent.AttendRequest(**field))

    def log(self, text):
        say(f"{self.id} {text}")


class Connection:
    def __init__(self, bot, target, hello, grace_s):
        self.bot = bot
        self.target = target
        self.hello = hello
        self.grace_s = grace_s
        self.channel = grpc.insecure_channel(target, options=CHANNEL_OPTIONS)
        self.stub = agent_pb2_grpc.AgentsStub(self.channel)
        self.requests = queue.SimpleQueue()
        self.stopping = threading.Event()
        self.exit_code = 0
        self.calls = 0
        self.calls_changed = threading.Condition()

    def serve(self):
        """Until SIGTERM or SIGINT; returns the exit code."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stopping.set())
        registration = threading.Thread(target=self.stay_registered, daemon=True)
        registration.start()
        self.stopping.wait()
        self.requests.put(agent.RegisterRequest(readiness=agent.Readiness(ready=False)))
        with self.calls_changed:
            say(f"stopping; {self.calls} calls")
            self.calls_changed.wait_for(lambda: self.calls == 0, self.grace_s)
            say(f"stopped; {self.calls} calls left to others")
        self.requests.put(None)
        registration.join(GOODBYE_S)
        self.channel.close()
        return self.exit_code

    def stay_registered(self):
        pause_s = FIRST_PAUSE_S
        while not self.stopping.is_set():
            registered = []
            try:
                self.register(registered)
                why = "the gateway ended the registration"
            except grpc.RpcError as error:
                why = f"{error.code().name}: {error.details()}"
                if error.code() in HOPELESS:
                    say(f"{self.target}: {why}")
                    self.exit_code = 1
                    self.stopping.set()
                    return
            if self.stopping.is_set():
                return
            pause_s = FIRST_PAUSE_S if registered else min(2 * pause_s, LAST_PAUSE_S)
            say(f"{self.target}: {why}; again in {pause_s:.1f} s")
            # Not all bots of a gateway that comes back in the same moment.
            self.stopping.wait(random.uniform(0.5, 1) * pause_s)

    def register(self, registered):
        """One registration, until its stream ends."""
        requests = queue.SimpleQueue()
        requests.put(agent.RegisterRequest(hello=self.hello))
        self.requests = requests
        try:
            for response in self.stub.Register(iter(requests.get, None), metadata=metadata()):
                kind = response.WhichOneof("message")
                if kind == "registered":
                    registered.append(response.registered.bot_id)
                    say(f"registered as {response.registered.bot_id}, gateway {response.registered.gateway_boot_id}")
                elif kind == "offer":
                    self.on_offer(response.offer)
                elif kind == "withdrawn":
                    # If the call was accepted, its stream ends by itself.
                    say(f"offer {response.withdrawn.offer_id} withdrawn: {response.withdrawn.reason}")
        finally:
            requests.put(None)

    def on_offer(self, offer):
        with self.calls_changed:
            accept = not self.stopping.is_set() and self.calls < self.hello.capacity
            self.calls += accept
        reason = "" if accept else "stopping" if self.stopping.is_set() else "full"
        answer = agent.OfferAnswer(offer_id=offer.offer_id, accept=accept, reason=reason)
        self.requests.put(agent.RegisterRequest(answer=answer))
        if accept:
            threading.Thread(target=self.attend, args=(offer,), daemon=True).start()

    def attend(self, offer):
        """One call, until it ends or is not ours any more."""
        call = Call(offer.call.call_id)
        opening = agent.Open(token=offer.token)
        opening.MergeFrom(self.bot.OPEN)
        call.send(open=opening)
        responses = self.stub.Attend(iter(call.requests.get, None), metadata=metadata())
        try:
            bot = self.bot(call)
            for response in responses:
                self.on_response(bot, call, response)
        except grpc.RpcError as error:
            call.log(f"left: {error.code().name}: {error.details()}")
        finally:
            # Also when the bot has raised an exception: then the call is offered to the next one.
            responses.cancel()
            call.requests.put(None)
            with self.calls_changed:
                self.calls -= 1
                self.calls_changed.notify_all()

    def on_response(self, bot, call, response):
        kind = response.WhichOneof("message")
        if kind == "started":
            call.epoch = response.started.epoch
            call.sequence = response.started.next_sequence - 1
        elif kind == "interrupted":
            call.epoch = response.interrupted.epoch
        elif kind == "audio":
            call.audio_position = response.audio.position
        handle = getattr(bot, f"on_{kind}", None)
        if handle:
            handle(response)
        if bot.OPEN.acknowledges and (response.sequence or call.is_due_after_audio(kind)):
            call.sequence = response.sequence or call.sequence
            call.acknowledge()


def serve(bot, name):
    """The command line of a bot; returns the exit code."""
    parser = argparse.ArgumentParser(
        description=bot.__doc__.splitlines()[0],
        epilog="STEADYLINE_GRPC_BEARER_TOKEN: the token, if the gateway asks for one.",
    )
    parser.add_argument("target", nargs="?", default="127.0.0.1:5001", metavar="HOST:PORT")
    parser.add_argument("--name", default=name, help=f"what operators call it (default {name})")
    parser.add_argument("--bot-version", default="1.0.0", metavar="VERSION", help="default 1.0.0")
    parser.add_argument("--capacity", type=int, default=20, metavar="N", help="calls at the same time (default 20)")
    parser.add_argument("--grace", type=float, default=30, metavar="SECONDS", help="for running calls at a stop (default 30)")
    given = parser.parse_args()
    hello = agent.Hello(name=given.name, version=given.bot_version, capacity=given.capacity)
    return Connection(bot, given.target, hello, given.grace).serve()
