package io.steadyline.bootstrap.config;

import io.steadyline.signal.Printable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Finds variables that look like settings and are none: a mistyped name must not be ignored in silence. */
final class EnvironmentNames {

    /** Read by the launcher, not by the gateway; each with its sentence for the documentation page. */
    static final Map<String, String> OTHERS = others();

    /** What Kubernetes sets for a service named "steadyline…" (enableServiceLinks); it concerns nobody here. */
    private static final Pattern SERVICE_LINK =
            Pattern.compile("STEADYLINE_(.+_)?(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT_\\d+_(TCP|UDP|SCTP)(_.+)?)");

    private static final Pattern SERVICE_LINK_URL = Pattern.compile("(tcp|udp|sctp)://.+");

    private EnvironmentNames() {}

    static List<Problem> unknown(Map<String, String> environment, List<Setting<?>> settings) {
        // A name that follows the rule of the others is a likely guess for a setting with a name of its own.
        Map<String, String> settingNames = new LinkedHashMap<>();
        settings.forEach(setting -> {
            settingNames.put(Setting.environmentOf(setting.key()), setting.environment());
            settingNames.put(setting.environment(), setting.environment());
        });
        List<String> keys = settings.stream().map(Setting::key).toList();
        return new TreeMap<>(environment)
                .keySet().stream()
                        .filter(name -> name.startsWith(Setting.PREFIX))
                        .filter(name -> !settingNames.containsValue(name) && !OTHERS.containsKey(name))
                        .filter(name -> !isServiceLink(name, environment.getOrDefault(name, "")))
                        .map(name -> problem(name, settingNames, keys))
                        .toList();
    }

    /** True for {@code STEADYLINE_PORT=tcp://10.0.0.1:5000} and its relatives. */
    static boolean isServiceLink(String name, String value) {
        return SERVICE_LINK.matcher(name).matches() || isServiceLinkUrl(value);
    }

    static boolean isServiceLinkUrl(String value) {
        return SERVICE_LINK_URL.matcher(value).matches();
    }

    private static Problem problem(String name, Map<String, String> settingNames, List<String> keys) {
        String expectation = OwnJars.ofVariable(name, keys)
                .or(() -> Suggestion.nearest(name, settingNames.keySet())
                        .map(settingNames::get)
                        .map(near -> "did you mean " + near + "?"))
                .orElse("a name of docs/configuration.md");
        return new Problem(new Origin.Environment(Printable.of(name)), "variable", "unknown", expectation);
    }

    private static Map<String, String> others() {
        Map<String, String> names = new LinkedHashMap<>();
        names.put(SettingsInput.FILE_VARIABLE, "The configuration file, unless `--config` names one.");
        names.put("STEADYLINE_JAVA_HOME", "The JDK 25 to run with; first of the places that are searched.");
        names.put(
                "STEADYLINE_JDK_ROOTS", "Directories, separated by colons, that hold JDKs; instead of the usual ones.");
        names.put("STEADYLINE_HEAP", "Java heap of the server, such as `512m` (default) or `2g`.");
        names.put("STEADYLINE_JAVA_OPTS", "Further options for the Java virtual machine, separated by blanks.");
        names.put("STEADYLINE_JAR", "The program to run instead of the one that the launcher builds.");
        names.put("STEADYLINE_NO_BUILD", "`1`: never build, run what is there.");
        names.put("STEADYLINE_PRINT_JAVA_HOME", "`1`: print the JDK 25 that would be used, and exit.");
        names.put(
                "STEADYLINE_STOP_TIMEOUT",
                "Of `serve --keep-calls`: seconds from the first stop signal until the keeper kills a worker that has"
                        + " not ended; more than `process.drain-grace`. Not set: never.");
        names.put(
                "STEADYLINE_SYSTEMD_STORE",
                "`true`: the unit has `FileDescriptorStoreMax=`, so systemd holds the sockets.");
        names.put(
                "STEADYLINE_FAULT",
                "For `./steadyline fault` alone: how the process is to go wrong; refused in production.");
        names.put("STEADYLINE_LAUNCHER", "Set by the launcher: its own path.");
        names.put("STEADYLINE_KEEPER_FD", "Set by the keeper for its worker.");
        names.put("STEADYLINE_KEEPER_PID", "Set by the keeper for its worker.");
        names.put("STEADYLINE_KEEPER_STANDBY", "Set by the keeper for a worker that is to wait.");
        names.put(
                "STEADYLINE_STANDBY",
                "Launcher: off lets no second worker wait behind the keeper (`serve --keep-calls`).");
        return names;
    }
}
