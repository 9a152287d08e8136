package io.steadyline.bootstrap.continuity;

/** This process must not serve here; the message is a sentence for the user. */
public final class Refusal extends Exception {

    private static final long serialVersionUID = 1;

    Refusal(String sentence) {
        super(sentence);
    }
}
