package io.steadyline.bootstrap.config;

/** The settings that choose one of a few words. Written in lower case with dashes. */
public final class Choices {

    private Choices() {}

    /** PRODUCTION refuses what is only tolerable on a developer's machine. */
    public enum Profile {
        DEVELOPMENT,
        PRODUCTION
    }

    /** Who answers calls. */
    public enum AgentKind {
        /** Built in: plays the greeting, then listens. */
        GREETING,
        /** Built in: sends the caller's audio back. */
        ECHO,
        /** Bots that register at the gRPC port. */
        GRPC,
        /** A bot that was written for Twilio Media Streams. */
        TWILIO
    }

    /** What a caller hears while no bot is there. */
    public enum FillerKind {
        SILENCE,
        /** A short soft tone, every two seconds. */
        TONE
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
