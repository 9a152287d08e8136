package io.steadyline.telemetry;

/**
 * One thing that was not as R17 wants it.
 *
 * @param second of the call, from 0; -1 for the call as a whole
 * @param what value and expectation, such as {@code q=25 (expected: below 20)}
 */
public record Finding(int second, FaultSide side, String what) {

    @Override
    public String toString() {
        return (second < 0 ? "call" : "second " + second) + ": " + what + " [" + side + "]";
    }
}
