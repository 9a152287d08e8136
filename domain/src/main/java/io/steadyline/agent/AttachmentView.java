package io.steadyline.agent;

import io.steadyline.signal.CallId;
import java.util.Optional;

/**
 * Where a call stands with its bot, for operators.
 *
 * @param agent empty while none is there
 * @param attached how many bots the call has had
 * @param why none is there; empty when one is
 * @param sinceNs when that began, on the media loop's clock
 * @param keptEvents events that wait for the next bot
 * @param keptFrames caller audio that waits for it
 */
public record AttachmentView(
        CallId callId, Optional<String> agent, int attached, String why, long sinceNs, int keptEvents, int keptFrames) {}
