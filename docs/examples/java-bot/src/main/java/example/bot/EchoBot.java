package example.bot;

import io.steadyline.agent.v1.AttendResponse;
import io.steadyline.agent.v1.AudioEncoding;
import io.steadyline.agent.v1.BargeIn;
import io.steadyline.agent.v1.BargeInPolicy;
import io.steadyline.agent.v1.Open;

/** Sends the caller's audio back, frame by frame. */
final class EchoBot implements Bot {

    private static final Open OPEN = Open.newBuilder()
            .setCallerAudio(AudioEncoding.AUDIO_ENCODING_MULAW_8K)
            .setAgentAudio(AudioEncoding.AUDIO_ENCODING_MULAW_8K)
            // Whoever speaks hears himself; that is no interruption.
            .setBargeIn(BargeIn.newBuilder().setPolicy(BargeInPolicy.BARGE_IN_POLICY_OFF))
            .build();

    private final Call call;

    private EchoBot(Call call) {
        this.call = call;
    }

    public static void main(String[] args) throws InterruptedException {
        Connection.serve(new Kind("java-echo", OPEN, EchoBot::new), args);
    }

    @Override
    public void on(AttendResponse response) {
        switch (response.getMessageCase()) {
            case STARTED -> call.log(response.getStarted().getResumed() ? "resumed" : "started");
            case AUDIO -> call.play(response.getAudio().getPayload(), call.epoch());
            case ENDED ->
                call.log("ended by " + response.getEnded().getBy() + ": "
                        + response.getEnded().getReason());
            default -> {}
        }
    }
}
