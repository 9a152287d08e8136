package io.steadyline.stt.vendor;

import io.steadyline.media.AudioFormat;
import io.steadyline.media.Encoding;

/**
 * Audio as a vendor takes it; mono, no container.
 *
 * @param sampleRateHz 8000, 16000 or 24000
 */
public record VendorAudio(Encoding encoding, int sampleRateHz) {

    public static final VendorAudio MULAW_8K = new VendorAudio(Encoding.MULAW, 8_000);
    public static final VendorAudio ALAW_8K = new VendorAudio(Encoding.ALAW, 8_000);
    public static final VendorAudio L16_8K = new VendorAudio(Encoding.L16, 8_000);
    public static final VendorAudio L16_16K = new VendorAudio(Encoding.L16, 16_000);

    public int bytesPerMs() {
        return sampleRateHz / 1000 * encoding.bytesPerSample();
    }

    /** A call's frames can be sent as they are. */
    public boolean isSameAs(AudioFormat format) {
        return encoding == format.encoding() && sampleRateHz == format.sampleRateHz();
    }
}
