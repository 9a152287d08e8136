package io.steadyline.stt;

import io.steadyline.stt.assemblyai.AssemblyAiVendor;
import io.steadyline.stt.aws.AwsVendor;
import io.steadyline.stt.deepgram.DeepgramVendor;
import io.steadyline.stt.deepgram.FluxVendor;
import io.steadyline.stt.elevenlabs.ElevenLabsVendor;
import io.steadyline.stt.gladia.GladiaVendor;
import io.steadyline.stt.google.GoogleVendor;
import io.steadyline.stt.jambonz.JambonzVendor;
import io.steadyline.stt.openai.OpenAiVendor;
import io.steadyline.stt.riva.RivaVendor;
import io.steadyline.stt.soniox.SonioxVendor;
import io.steadyline.stt.speechmatics.SpeechmaticsVendor;
import io.steadyline.stt.vendor.Vendor;
import io.steadyline.stt.voskserver.VoskServerVendor;
import java.util.List;

/** The vendors of this build. Others come as {@link Extensions}. */
public final class Vendors {

    private Vendors() {}

    /** In the order of the documentation; names differ. */
    public static List<Vendor> all() {
        return List.of(
                new JambonzVendor(),
                new DeepgramVendor(),
                new FluxVendor(),
                new GoogleVendor(),
                new AssemblyAiVendor(),
                new VoskServerVendor(),
                new AwsVendor(),
                new OpenAiVendor(),
                new SpeechmaticsVendor(),
                new SonioxVendor(),
                new GladiaVendor(),
                new ElevenLabsVendor(),
                new RivaVendor());
    }
}
