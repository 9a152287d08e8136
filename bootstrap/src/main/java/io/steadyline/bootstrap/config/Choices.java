package io.steadyline.bootstrap.config;

/** The settings that choose one of a few words. Written in lower case with dashes. */
public final class Choices {

    private Choices() {}

    /** PRODUCTION refuses what is only tolerable on a developer's machine. */
    public enum Profile {
        DEVELOPMENT,
        PRODUCTION
    }

    /** The built-in agents. */
    public enum AgentKind {
        /** Plays the greeting, then listens. */
        GREETING,
        /** Sends the caller's audio back. */
        ECHO
    }

    public enum SttKind {
        /** Hears speech, silence, keys and tones; writes no words. */
        BUILTIN
    }

    /** When the provider's signature on requests and upgrades is checked. */
    public enum SignaturePolicy {
        /** If a token is configured. */
        IF_TOKEN,
        /** Always: without a token the configuration is refused. */
        REQUIRED,
        /** Never, whatever is configured. */
        OFF
    }

    /** Whether a stream must show the token that the voice webhook gave out. */
    public enum NoncePolicy {
        /** One that is shown must be good. */
        IF_GIVEN,
        /** Streams without one are refused: only those that the webhook has sent come in. */
        REQUIRED
    }

    /** What caller speech does to the agent's audio. */
    public enum BargeInKind {
        OFF,
        /** Clears it at the start of speech. */
        CLEAR,
        /** Clears it when the speech has lasted for a while. */
        CLEAR_AFTER
    }

    public enum LogLevel {
        ERROR,
        WARN,
        INFO,
        DEBUG,
        TRACE
    }
}
