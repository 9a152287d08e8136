package io.steadyline.stt.voskserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.steadyline.stt.vendor.Closing;
import io.steadyline.stt.vendor.Dialect;
import io.steadyline.stt.vendor.FailureKind;
import io.steadyline.stt.vendor.Hearing;
import io.steadyline.stt.vendor.Json;
import io.steadyline.stt.vendor.Opening;
import io.steadyline.stt.vendor.Options;
import io.steadyline.stt.vendor.Outlet;
import io.steadyline.stt.vendor.VendorFailure;

/**
 * Config, then audio. The server answers each audio message, each reset and the end with one result, in order: so the number
 * of a result tells what it answers.
 */
final class VoskServerDialect implements Dialect {

    /** The server compares byte for byte; any other text without the word config would be taken for audio. */
    private static final String END = "{\"eof\" : 1}";

    private static final String RESET = "{\"reset\" : 1}";
    private static final long NONE = -1;

    private final Opening opening;
    private final boolean endpointing;

    /** Messages that are answered, and answers. */
    private long asked;

    private long answered;
    private long flushNumber = NONE;
    private long endNumber = NONE;

    VoskServerDialect(Opening opening) {
        this.opening = opening;
        this.endpointing = opening.options().flag(VoskServerVendor.ENDPOINTING);
    }

    /** The only message that is not answered. */
    @Override
    public void onOpened(Outlet out, Hearing hearing) {
        out.text(config());
        hearing.ready("");
    }

    @Override
    public void audio(byte[] chunk, Outlet out) {
        asked++;
        out.binary(chunk);
    }

    @Override
    public void flush(Outlet out) {
        flushNumber = ++asked;
        out.text(RESET);
    }

    @Override
    public void endOfInput(Outlet out) {
        endNumber = ++asked;
        out.text(END);
    }

    @Override
    public void onText(String text, Outlet out, Hearing hearing) throws Garbled {
        VoskResult result = VoskResult.read(text);
        answered++;
        switch (result) {
            case VoskResult.Partial(String soFar) when soFar.isEmpty() -> {
                // Nothing is heard at present.
            }
            case VoskResult.Partial(String soFar) -> hearing.interim(soFar);
            case VoskResult.Whole whole -> onWhole(whole, hearing);
        }
        if (answered == flushNumber) {
            hearing.flushed();
        }
        if (answered == endNumber) {
            hearing.ended();
        }
    }

    @Override
    public VendorFailure onClosed(Closing closing) {
        if (endNumber != NONE && (closing.code() == Closing.NORMAL || closing.code() == Closing.NO_CODE)) {
            return new VendorFailure(FailureKind.LOCAL, String.valueOf(closing.code()), "closed after the end");
        }
        return VendorFailure.ofClose(closing);
    }

    private String config() {
        Options options = opening.options();
        ObjectNode message = Json.object();
        ObjectNode config = message.putObject("config")
                .put("sample_rate", opening.audio().sampleRateHz())
                .put("words", options.flag(VoskServerVendor.WORDS));
        if (options.has(VoskServerVendor.ALTERNATIVES)) {
            config.put("max_alternatives", options.whole(VoskServerVendor.ALTERNATIVES));
        }
        if (options.has(VoskServerVendor.PHRASES)) {
            options.many(VoskServerVendor.PHRASES).forEach(config.putArray("phrase_list")::add);
        }
        return Json.write(message);
    }

    private void onWhole(VoskResult.Whole whole, Hearing hearing) {
        if (whole.isEmpty()) {
            return;
        }
        hearing.finalText(whole.said());
        if (endpointing) {
            hearing.utteranceEnded(whole.said().endMs());
        }
    }
}
