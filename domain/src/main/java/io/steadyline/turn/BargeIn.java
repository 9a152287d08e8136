package io.steadyline.turn;

/** Decides when caller speech silences the agent: once a stretch of speech, by the call's policy. */
public final class BargeIn {

    private BargeInPolicy policy;
    private boolean speaking;
    private boolean done;
    private long speakingSinceNs;

    public BargeIn(BargeInPolicy policy) {
        this.policy = policy;
    }

    /** From now on, also for speech that goes on. */
    public void follow(BargeInPolicy newPolicy) {
        policy = newPolicy;
    }

    public void onSpeechStarted(long nowNs) {
        speaking = true;
        done = false;
        speakingSinceNs = nowNs;
    }

    public void onSpeechEnded() {
        speaking = false;
    }

    /** In how long the caller will have spoken for long enough; {@code Long.MAX_VALUE} when that is so, or not to be. */
    public long waitNs(long nowNs) {
        long leftNs = speakingSinceNs + policy.after().toNanos() - nowNs;
        return policy.enabled() && speaking && !done && leftNs > 0 ? leftNs : Long.MAX_VALUE;
    }

    /**
     * True when the agent is to be silenced now.
     *
     * @param agentAudible agent audio is queued or being played
     * @param greeting what plays is the greeting
     */
    public boolean decide(long nowNs, boolean agentAudible, boolean greeting) {
        boolean wanted = policy.enabled()
                && speaking
                && !done
                && nowNs - speakingSinceNs >= policy.after().toNanos();
        boolean allowed = agentAudible && (!greeting || policy.duringGreeting());
        done |= wanted && allowed;
        return wanted && allowed;
    }
}
