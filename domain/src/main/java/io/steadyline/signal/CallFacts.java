package io.steadyline.signal;

import io.steadyline.media.AudioFormat;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What the stream's start told about a call; nothing in it changes while the stream lives.
 *
 * @param dialect name of the media protocol, such as {@code twilio}
 * @param accountId the provider's account; empty when the dialect has none
 * @param tracks whose voices the peer sends
 * @param parameters the customer's own parameters, already checked against the limits; untrusted text
 */
public record CallFacts(
        CallId callId,
        StreamId streamId,
        String dialect,
        String accountId,
        AudioFormat format,
        StreamMode mode,
        Set<Track> tracks,
        Map<String, String> parameters) {

    public CallFacts {
        tracks = Set.copyOf(tracks);
        parameters = Map.copyOf(parameters);
    }

    /** The same without this parameter, which is nobody's business beyond the ingress. */
    public CallFacts withoutParameter(String name) {
        if (!parameters.containsKey(name)) {
            return this;
        }
        Map<String, String> others = new HashMap<>(parameters);
        others.remove(name);
        return new CallFacts(callId, streamId, dialect, accountId, format, mode, tracks, others);
    }

    /** The track that is recognised: the caller's if the peer sends it. */
    public Track recognisedTrack() {
        return tracks.isEmpty() || tracks.contains(Track.INBOUND) ? Track.INBOUND : Track.OUTBOUND;
    }
}
