package io.steadyline.stt.vosk;

/** One recogniser of the library. One thread at a time; each call may take long. */
interface Recogniser extends AutoCloseable {

    /** Hears linear samples. True: a result is due. */
    boolean accept(byte[] samples);

    /** What is final since the last result, as JSON. */
    String result();

    /** What it has so far, as JSON. */
    String partial();

    /** All that it has is final now, as JSON; what it hears next is a new utterance. */
    String finalResult();

    /** Frees it, once; nothing is asked of it any more. */
    @Override
    void close();
}
