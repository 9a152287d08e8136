package example.bot;

import java.time.Duration;

/** The command line of a bot. */
record Options(String target, String name, String version, int capacity, Duration grace) {

    private static final String USAGE = """
        usage: [HOST:PORT] [options]
          HOST:PORT              agent API (default 127.0.0.1:5001)
          --name NAME            what operators call it
          --bot-version VERSION  default 1.0.0
          --capacity N           calls at the same time (default 20)
          --grace SECONDS        for running calls at a stop (default 30)
        STEADYLINE_GRPC_BEARER_TOKEN: the token, if the gateway asks for one.\
        """;

    /** Ends the process when the line is wrong. */
    static Options of(String defaultName, String... args) {
        String target = "127.0.0.1:5001";
        String name = defaultName;
        String version = "1.0.0";
        int capacity = 20;
        int graceS = 30;
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals("--help") || args[i].equals("-h")) {
                System.out.println(USAGE);
                System.exit(0);
            }
            if (!args[i].startsWith("-")) {
                target = args[i];
                continue;
            }
            String option = args[i];
            String value = ++i < args.length ? args[i] : "";
            switch (option) {
                case "--name" -> name = value;
                case "--bot-version" -> version = value;
                case "--capacity" -> capacity = number(option, value, 1, 100_000);
                case "--grace" -> graceS = number(option, value, 0, 3600);
                default -> refuse(option + " (expected: one of those below)");
            }
        }
        return new Options(target, name, version, capacity, Duration.ofSeconds(graceS));
    }

    private static int number(String option, String value, int min, int max) {
        if (!value.matches("\\d{1,9}") || Integer.parseInt(value) < min || Integer.parseInt(value) > max) {
            refuse(option + ": " + value + " (expected: " + min + " to " + max + ")");
        }
        return Integer.parseInt(value);
    }

    private static void refuse(String text) {
        System.err.println("java-bot: " + text + "\n" + USAGE);
        System.exit(2);
    }
}
