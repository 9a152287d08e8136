package io.steadyline.stt.vosk;

import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.FailureKind;
import io.steadyline.stt.vendor.Hearing;
import io.steadyline.stt.vendor.Outlet;
import io.steadyline.stt.vendor.Refusal;
import io.steadyline.stt.vendor.VendorFailure;
import io.steadyline.stt.voskserver.VoskResult;

/** The JSON of Vosk's recogniser, and one message of our own: the flush, which comes back when it is done. */
final class VoskDialect implements Dialect {

    static final String FLUSH = "{\"flush\":true}";

    private boolean finished;

    @Override
    public void onOpened(Outlet out, Hearing hearing) {
        hearing.ready("");
    }

    @Override
    public void audio(byte[] chunk, Outlet out) {
        out.binary(chunk);
    }

    @Override
    public void flush(Outlet out) {
        out.text(FLUSH);
    }

    @Override
    public void endOfInput(Outlet out) {
        finished = true;
        out.close();
    }

    @Override
    public void onText(String text, Outlet out, Hearing hearing) throws Garbled {
        if (text.equals(FLUSH)) {
            hearing.flushed();
            return;
        }
        switch (VoskResult.read(text)) {
            case VoskResult.Partial(String soFar) -> {
                if (!soFar.isEmpty()) {
                    hearing.interim(soFar);
                }
            }
            case VoskResult.Whole whole -> {
                if (!whole.isEmpty()) {
                    hearing.finalText(whole.said());
                }
            }
        }
    }

    @Override
    public VendorFailure onClosed(Closing closing) {
        return new VendorFailure(
                finished ? FailureKind.LOCAL : FailureKind.TRANSIENT,
                String.valueOf(closing.code()),
                "ended " + closing.reason());
    }

    @Override
    public VendorFailure onRefused(Refusal refusal) {
        return new VendorFailure(FailureKind.CONFIG, "library", refusal.body());
    }
}
