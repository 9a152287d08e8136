package io.steadyline.grpc;

import io.steadyline.admin.v1.AudioEncoding;
import io.steadyline.admin.v1.BootEndCause;
import io.steadyline.admin.v1.CallFate;
import io.steadyline.admin.v1.SessionEndParty;
import io.steadyline.admin.v1.SessionEndReason;
import io.steadyline.admin.v1.SessionState;
import io.steadyline.admin.v1.Side;
import io.steadyline.media.Encoding;
import io.steadyline.restart.Cause;
import io.steadyline.restart.Confidence;
import io.steadyline.restart.CutCall;
import io.steadyline.signal.CallEnd;
import io.steadyline.signal.CallState;
import io.steadyline.signal.StreamMode;
import io.steadyline.signal.Track;
import io.steadyline.telemetry.FaultSide;
import io.steadyline.telemetry.QueueName;
import io.steadyline.telemetry.RxMode;

/** Domain constants as constants of the contract. Exhaustive: a new domain constant does not compile until it is mapped. */
final class EnumMapper {

    private EnumMapper() {}

    static SessionState of(CallState state) {
        return switch (state) {
            case CONNECTING -> SessionState.SESSION_STATE_CONNECTING;
            case ACTIVE -> SessionState.SESSION_STATE_ACTIVE;
            case DRAINING -> SessionState.SESSION_STATE_DRAINING;
            case LINGERING -> SessionState.SESSION_STATE_LINGERING;
            case CLOSED -> SessionState.SESSION_STATE_CLOSED;
        };
    }

    static Side of(FaultSide side) {
        return switch (side) {
            case NONE -> Side.SIDE_NONE;
            case NETWORK -> Side.SIDE_NETWORK;
            case PROVIDER -> Side.SIDE_PROVIDER;
            case RECOGNISER -> Side.SIDE_RECOGNISER;
            case AGENT -> Side.SIDE_AGENT;
            case GATEWAY -> Side.SIDE_GATEWAY;
        };
    }

    static SessionEndParty of(CallEnd.Party party) {
        return switch (party) {
            case CALLER -> SessionEndParty.SESSION_END_PARTY_CALLER;
            case PEER -> SessionEndParty.SESSION_END_PARTY_PEER;
            case AGENT -> SessionEndParty.SESSION_END_PARTY_AGENT;
            case OPERATOR -> SessionEndParty.SESSION_END_PARTY_OPERATOR;
            case GATEWAY -> SessionEndParty.SESSION_END_PARTY_GATEWAY;
        };
    }

    static SessionEndReason of(CallEnd.Reason reason) {
        return switch (reason) {
            case HANG_UP -> SessionEndReason.SESSION_END_REASON_HANG_UP;
            case AGENT_HANG_UP -> SessionEndReason.SESSION_END_REASON_AGENT_HANG_UP;
            case AGENT_LOST -> SessionEndReason.SESSION_END_REASON_AGENT_LOST;
            case ADMIN_END -> SessionEndReason.SESSION_END_REASON_ADMIN_END;
            case DRAIN -> SessionEndReason.SESSION_END_REASON_DRAIN;
            case STREAM_LOST -> SessionEndReason.SESSION_END_REASON_STREAM_LOST;
            case IDLE -> SessionEndReason.SESSION_END_REASON_IDLE;
            case PEER_STALLED -> SessionEndReason.SESSION_END_REASON_PEER_STALLED;
            case INTERNAL_ERROR -> SessionEndReason.SESSION_END_REASON_INTERNAL_ERROR;
        };
    }

    static AudioEncoding of(Encoding encoding) {
        return switch (encoding) {
            case MULAW -> AudioEncoding.AUDIO_ENCODING_MULAW;
            case ALAW -> AudioEncoding.AUDIO_ENCODING_ALAW;
            case L16 -> AudioEncoding.AUDIO_ENCODING_L16;
        };
    }

    static io.steadyline.admin.v1.StreamMode of(StreamMode mode) {
        return switch (mode) {
            case BIDIRECTIONAL -> io.steadyline.admin.v1.StreamMode.STREAM_MODE_BIDIRECTIONAL;
            case LISTEN_ONLY -> io.steadyline.admin.v1.StreamMode.STREAM_MODE_LISTEN_ONLY;
        };
    }

    static io.steadyline.admin.v1.Track of(Track track) {
        return switch (track) {
            case INBOUND -> io.steadyline.admin.v1.Track.TRACK_INBOUND;
            case OUTBOUND -> io.steadyline.admin.v1.Track.TRACK_OUTBOUND;
        };
    }

    static io.steadyline.admin.v1.QueueName of(QueueName queue) {
        return switch (queue) {
            case RX -> io.steadyline.admin.v1.QueueName.QUEUE_NAME_RX;
            case STT -> io.steadyline.admin.v1.QueueName.QUEUE_NAME_STT;
            case TX -> io.steadyline.admin.v1.QueueName.QUEUE_NAME_TX;
            case SEND -> io.steadyline.admin.v1.QueueName.QUEUE_NAME_SEND;
        };
    }

    static io.steadyline.admin.v1.RxMode of(RxMode mode) {
        return switch (mode) {
            case NORMAL -> io.steadyline.admin.v1.RxMode.RX_MODE_NORMAL;
            case DRAIN -> io.steadyline.admin.v1.RxMode.RX_MODE_DRAIN;
        };
    }

    static BootEndCause of(Cause cause) {
        return switch (cause) {
            case MACHINE_RESTART -> BootEndCause.BOOT_END_CAUSE_MACHINE_RESTART;
            case PLANNED_STOP -> BootEndCause.BOOT_END_CAUSE_PLANNED_STOP;
            case UPGRADE -> BootEndCause.BOOT_END_CAUSE_UPGRADE;
            case JAVA_HEAP -> BootEndCause.BOOT_END_CAUSE_JAVA_HEAP;
            case SENT_CRASH_SIGNAL -> BootEndCause.BOOT_END_CAUSE_SENT_CRASH_SIGNAL;
            case NATIVE_CRASH -> BootEndCause.BOOT_END_CAUSE_NATIVE_CRASH;
            case OWN_DECISION -> BootEndCause.BOOT_END_CAUSE_OWN_DECISION;
            case KERNEL_OOM -> BootEndCause.BOOT_END_CAUSE_KERNEL_OOM;
            case STOP_TIMED_OUT -> BootEndCause.BOOT_END_CAUSE_STOP_TIMED_OUT;
            case ASKED_TO_STOP -> BootEndCause.BOOT_END_CAUSE_ASKED_TO_STOP;
            case HEALTH_CHECK -> BootEndCause.BOOT_END_CAUSE_HEALTH_CHECK;
            case SIGKILL -> BootEndCause.BOOT_END_CAUSE_SIGKILL;
            case SIGNAL -> BootEndCause.BOOT_END_CAUSE_SIGNAL;
            case SYSTEM_EXIT -> BootEndCause.BOOT_END_CAUSE_SYSTEM_EXIT;
            case UNCAUGHT_IN_MAIN -> BootEndCause.BOOT_END_CAUSE_UNCAUGHT_IN_MAIN;
            case HALT -> BootEndCause.BOOT_END_CAUSE_HALT;
            case MAIN_RETURNED -> BootEndCause.BOOT_END_CAUSE_MAIN_RETURNED;
            case ABRUPT -> BootEndCause.BOOT_END_CAUSE_ABRUPT;
        };
    }

    static io.steadyline.admin.v1.Confidence of(Confidence confidence) {
        return switch (confidence) {
            case CERTAIN -> io.steadyline.admin.v1.Confidence.CONFIDENCE_CERTAIN;
            case LIKELY -> io.steadyline.admin.v1.Confidence.CONFIDENCE_LIKELY;
            case CANNOT_TELL -> io.steadyline.admin.v1.Confidence.CONFIDENCE_CANNOT_TELL;
        };
    }

    static CallFate of(CutCall.Fate fate) {
        return switch (fate) {
            case ADOPTED -> CallFate.CALL_FATE_ADOPTED;
            case CLOSED -> CallFate.CALL_FATE_CLOSED;
            case CUT -> CallFate.CALL_FATE_CUT;
        };
    }
}
