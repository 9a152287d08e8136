#!/usr/bin/python3
"""Lists the calls of a Steadyline gateway; with a call id also watches this call for some seconds and then ends it.

Exit code: 0 done, 1 not possible or not as expected, 2 called wrongly.
"""

import argparse
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent / "generated"))

import grpc  # noqa: E402
from steadyline.admin.v1 import admin_pb2 as admin  # noqa: E402
from steadyline.admin.v1 import admin_pb2_grpc  # noqa: E402

DEADLINE_S = 5
# The linger of the gateway (limits.linger, 10 s) may lie between the request to end and the last record.
END_S = 30


def metadata():
    token = os.environ.get("STEADYLINE_GRPC_BEARER_TOKEN")
    return [("authorization", f"Bearer {token}")] if token else []


def list_calls(stub):
    token = ""
    while True:
        page = stub.ListSessions(
            admin.ListSessionsRequest(page_token=token), timeout=DEADLINE_S, metadata=metadata()
        )
        for session in page.sessions:
            state = admin.SessionState.Name(session.state).replace("SESSION_STATE_", "")
            health = "healthy" if session.verdict.healthy else session.verdict.reason or "not judged yet"
            print(f"{session.call_id}  {state}  {session.age.seconds} s  {session.agent}  {health}")
        token = page.next_page_token
        if not token:
            return


def print_second(record):
    rx, tx = record.rx, record.tx
    print(
        f"  {record.second}: RX fps_in={rx.fps_in:.1f} q={rx.depth_frames} drops={rx.drops}"
        f"  TX fps={tx.fps:.1f} q={tx.depth_frames} drops={tx.drops}",
        flush=True,
    )


def watch_then_end(stub, call_id, seconds):
    """Prints a line a second and ends the call after so many of them; returns when the gateway has closed the watch."""
    records, state = 0, admin.SESSION_STATE_UNSPECIFIED
    watch = stub.WatchSessions(
        admin.WatchSessionsRequest(id=call_id), timeout=seconds + END_S, metadata=metadata()
    )
    for response in watch:
        if response.WhichOneof("event") != "second":
            continue
        records += 1
        state = response.second.state
        print_second(response.second)
        if records == seconds:
            request = admin.EndSessionRequest(id=call_id, reason="example: python-admin")
            answer = stub.EndSession(request, timeout=DEADLINE_S, metadata=metadata())
            print(f"asked {answer.call_id} to end")
    return records, state


def run(stub, call_id, seconds):
    list_calls(stub)
    if not call_id:
        return 0
    records, state = watch_then_end(stub, call_id, seconds)
    request = admin.GetSessionRequest(id=call_id, max_seconds=0)
    end = stub.GetSession(request, timeout=DEADLINE_S, metadata=metadata()).session.end
    by = admin.SessionEndParty.Name(end.by)
    reason = admin.SessionEndReason.Name(end.reason)
    print(f'{call_id}: {records} records, ended by {by}: {reason} "{end.detail}"')
    if state == admin.SESSION_STATE_CLOSED and end.reason == admin.SESSION_END_REASON_ADMIN_END:
        return 0
    print(f"not as expected: last state {admin.SessionState.Name(state)}")
    return 1


def main():
    parser = argparse.ArgumentParser(
        description=__doc__.splitlines()[0],
        epilog="STEADYLINE_GRPC_BEARER_TOKEN: the token, if the gateway asks for one.",
    )
    parser.add_argument("target", nargs="?", default="127.0.0.1:5001", metavar="HOST:PORT")
    parser.add_argument("call_id", nargs="?", metavar="CALL_ID", help="watched for N seconds, then ended")
    parser.add_argument("--seconds", type=int, default=3, choices=range(1, 601), metavar="N", help="1 to 600, default 3")
    given = parser.parse_args()
    with grpc.insecure_channel(given.target) as channel:
        try:
            return run(admin_pb2_grpc.AdminStub(channel), given.call_id, given.seconds)
        except grpc.RpcError as error:
            print(f"python-admin: {given.target}: {error.code().name}: {error.details()}", file=sys.stderr)
            return 1


if __name__ == "__main__":
    sys.exit(main())
