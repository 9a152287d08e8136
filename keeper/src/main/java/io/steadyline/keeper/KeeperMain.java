package io.steadyline.keeper;

import java.io.IOException;

/**
 * The keeper's own program. Needs nothing but the Java machine, and little of it; recommended:
 *
 * <pre>
 * java -Xmx16m -Xss256k -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -XX:-UsePerfData --enable-native-access=ALL-UNNAMED \
 *     -cp steadyline.jar io.steadyline.keeper.KeeperMain --data-dir=DIR -- java -jar steadyline.jar serve
 * </pre>
 *
 * <p>The command must be the worker itself, or end in exec: a shell in between would be the child that is waited for.
 * Options are in {@link KeeperOptions#USAGE}, exit codes in {@link KeeperExit}.
 */
public final class KeeperMain {

    private KeeperMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        KeeperOptions options;
        try {
            options = KeeperOptions.parse(arguments);
        } catch (KeeperOptions.UsageException wrong) {
            KeeperLog.say(wrong.getMessage() + "\n" + KeeperOptions.USAGE);
            System.exit(KeeperExit.USAGE);
            return;
        }
        if (!System.getProperty("os.name").equals("Linux")) {
            KeeperLog.say(System.getProperty("os.name") + " (expected: Linux): start the worker without a keeper");
            System.exit(KeeperExit.REFUSED);
        }
        // Not a return: threads of the Java machine that wait for a worker's message would keep it alive.
        System.exit(new Keeper(options).run());
    }
}
