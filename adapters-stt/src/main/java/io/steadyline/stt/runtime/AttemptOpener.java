package io.steadyline.stt.runtime;

import io.steadyline.media.AudioFormat;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.FailureKind;
import io.steadyline.stt.vendor.Opening;
import io.steadyline.stt.vendor.Route;
import io.steadyline.stt.vendor.VendorFailure;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Begins the connections of one call and numbers them. Time is an argument; used by the session's thread. */
final class AttemptOpener {

    private static final Logger LOG = LoggerFactory.getLogger(AttemptOpener.class);

    private final String sessionId;
    private final AudioFormat format;
    private final RuntimeSettings settings;
    private final Connector connector;
    private final InstantSource wall;
    private final Words words;
    private final SessionOut out;
    private int attempts;

    AttemptOpener(
            String sessionId,
            AudioFormat format,
            RuntimeSettings settings,
            Connector connector,
            InstantSource wall,
            Words words,
            SessionOut out) {
        this.sessionId = sessionId;
        this.format = format;
        this.settings = settings;
        this.connector = connector;
        this.wall = wall;
        this.words = words;
        this.out = out;
    }

    /**
     * Null: this vendor cannot even be asked; its own code failed, and has been told.
     *
     * @param lost an earlier connection that goes on, if it was with this vendor and the vendor lets it
     */
    @Nullable
    Attempt open(Lane lane, VendorGate.Pass pass, @Nullable Attempt lost, long nowNs) {
        try {
            return lost != null && lost.lane().place() == lane.place()
                    ? again(lane, pass, lost, nowNs)
                    : anew(lane, pass, nowNs);
        } catch (RuntimeException | LinkageError bug) {
            pass.withdraw(nowNs);
            LOG.error("call {}: no connection with {} could be asked for", sessionId, lane.name(), bug);
            out.failure(lane, new VendorFailure(FailureKind.CONFIG, "UNUSABLE", String.valueOf(bug)), false);
            return null;
        }
    }

    private Attempt again(Lane lane, VendorGate.Pass pass, Attempt lost, long nowNs) {
        Optional<Route> route = lost.dialect().resumption();
        if (route.isEmpty()) {
            return anew(lane, pass, nowNs);
        }
        Attempt resumed = connect(lane, pass, lost.dialect(), lost.timeline(), route.get(), nowNs);
        resumed.resume(lost);
        return resumed;
    }

    private Attempt anew(Lane lane, VendorGate.Pass pass, long nowNs) {
        Opening opening = new Opening(
                sessionId,
                attempts + 1,
                lane.audio(),
                lane.options(),
                lane.language(),
                lane.hints(),
                words.context(),
                wall.instant());
        Dialect dialect = lane.vendor().dialect(opening);
        Route route = lane.vendor().route(opening);
        return connect(lane, pass, dialect, new Timeline(words.settledUntilMs()), route, nowNs);
    }

    private Attempt connect(
            Lane lane, VendorGate.Pass pass, Dialect dialect, Timeline timeline, Route route, long nowNs) {
        Attempt attempt = new Attempt(
                ++attempts,
                lane,
                pass,
                dialect,
                timeline,
                new AudioConverter(format, lane.audio()),
                format.ptime().ms(),
                settings.connectTimeout(),
                nowNs);
        attempt.attach(connector.connect(route, attempt.number()));
        return attempt;
    }
}
