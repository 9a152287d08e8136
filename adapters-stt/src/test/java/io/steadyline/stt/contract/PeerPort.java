package io.steadyline.stt.contract;

import io.steadyline.stt.peer.GrpcCall;
import io.steadyline.stt.peer.GrpcPeer;
import io.steadyline.stt.peer.PeerConnection;
import io.steadyline.stt.peer.PeerScript;
import io.steadyline.stt.peer.WebSocketPeer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A peer of any transport, as a contract sees it. */
public interface PeerPort extends AutoCloseable {

    /** What goes wrong on the connection of this number, from 1. */
    PeerScript script(int number);

    PeerScript everyOther();

    default int openNow() {
        return whatIsOpen().size();
    }

    /** Those that are open now, and what was to go wrong on them; for whoever has to find out why. */
    List<String> whatIsOpen();

    int openedEver();

    /** Frames that some connection heard. */
    Set<Integer> heard();

    /** Connections that were asked for, granted or not. */
    int requests();

    /** All connections are lost now. */
    void dropAll();

    /** Without a word about what went wrong: the test wanted it. */
    @Override
    void close();

    record OfWebSocket(WebSocketPeer peer) implements PeerPort {

        @Override
        public PeerScript script(int number) {
            return peer.script(number);
        }

        @Override
        public PeerScript everyOther() {
            return peer.everyOther();
        }

        @Override
        public List<String> whatIsOpen() {
            return peer.connections().stream()
                    .filter(PeerConnection::isOpen)
                    .map(PeerConnection::toString)
                    .toList();
        }

        @Override
        public int openedEver() {
            return peer.openedEver();
        }

        @Override
        public Set<Integer> heard() {
            Set<Integer> heard = new HashSet<>();
            for (PeerConnection connection : peer.connections()) {
                heard.addAll(connection.recogniser().heard());
            }
            return heard;
        }

        @Override
        public int requests() {
            return peer.requests().size();
        }

        @Override
        public void dropAll() {
            peer.connections().stream()
                    .filter(PeerConnection::isOpen)
                    .forEach(connection -> connection.act(new PeerScript.Act.Drop()));
        }

        @Override
        public void close() {
            peer.forgive();
            peer.close();
        }
    }

    record OfGrpc(GrpcPeer peer) implements PeerPort {

        @Override
        public PeerScript script(int number) {
            return peer.script(number);
        }

        @Override
        public PeerScript everyOther() {
            return peer.everyOther();
        }

        @Override
        public List<String> whatIsOpen() {
            return peer.calls().stream()
                    .filter(GrpcCall::isOpen)
                    .map(GrpcCall::toString)
                    .toList();
        }

        @Override
        public int openedEver() {
            return peer.openedEver();
        }

        @Override
        public Set<Integer> heard() {
            Set<Integer> heard = new HashSet<>();
            for (GrpcCall call : peer.calls()) {
                heard.addAll(call.recogniser().heard());
            }
            return heard;
        }

        @Override
        public int requests() {
            return peer.requests().size();
        }

        @Override
        public void dropAll() {
            peer.calls().stream().filter(GrpcCall::isOpen).forEach(call -> call.act(new PeerScript.Act.Drop()));
        }

        @Override
        public void close() {
            peer.close();
        }
    }
}
