package io.steadyline.stt.choice;

import io.steadyline.port.SttSpec;
import io.steadyline.stt.choice.Candidate.BuiltIn;
import io.steadyline.stt.choice.Candidate.Service;
import io.steadyline.stt.choice.Ignored.Reason;
import io.steadyline.stt.vendor.Options;
import io.steadyline.stt.vendor.VendorOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Chooses a call's recognisers. The operator's list holds unless a rule says otherwise; a call's own parameters
 * ({@code stt_vendor}, {@code stt_language}, {@code stt_hints}, {@code stt_OPTION}, {@code stt_VENDOR_OPTION}) come last, and
 * only what is on the allow-list. What a call may not choose, or writes wrongly, is ignored and reported: no call is worse
 * off for it.
 */
public final class Chooser {

    /** On the allow-list: a call may name its recognisers. */
    public static final String VENDOR = "vendor";

    private static final String OWN = SttSpec.PARAMETER + "stt_";

    private final List<String> usual;
    private final Map<String, Service> services;
    private final List<ChoiceRule> rules;
    private final Set<String> allowed;

    /**
     * @param usual names in the order of fail-over; each is {@value BuiltIn#NAME} or among the services
     * @param services those that are ready to be used, by name
     * @param rules the first one that holds is obeyed; checked against the services
     * @param allowed what calls may choose: {@value #VENDOR}, an option, or {@code vendor.option}
     */
    public Chooser(List<String> usual, Map<String, Service> services, List<ChoiceRule> rules, Set<String> allowed) {
        this.usual = List.copyOf(usual);
        this.services = Map.copyOf(services);
        this.rules = List.copyOf(rules);
        this.allowed = Set.copyOf(allowed);
        Stream.concat(usual.stream(), rules.stream().flatMap(rule -> rule.vendors().stream()))
                .filter(name -> !isThere(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException("vendor: " + name + " (expected: " + BuiltIn.NAME + " or one of "
                            + services.keySet() + ")");
                });
    }

    /** Any thread; returns at once. */
    public SttChoice choose(SttSpec call) {
        Optional<ChoiceRule> rule =
                rules.stream().filter(each -> each.holds(call)).findFirst();
        Map<String, String> wishes = wishesOf(call);
        List<Ignored> ignored = new ArrayList<>();
        List<String> names =
                rule.map(ChoiceRule::vendors).filter(list -> !list.isEmpty()).orElse(usual);
        if (wishes.containsKey(VENDOR)) {
            names = wished(wishes.remove(VENDOR), names, ignored);
        }
        List<Service> called =
                names.stream().map(services::get).flatMap(Stream::ofNullable).toList();

        Overrides byRule = new Overrides();
        rule.ifPresent(each -> each.options().forEach((name, value) -> obey(byRule, called, name, value)));
        Overrides byCall = new Overrides();
        wishes.forEach((name, value) -> wish(byCall, called, name, value).ifPresent(ignored::add));
        List<Candidate> candidates = names.stream()
                .map(name -> candidate(name, byRule, byCall, ignored))
                .toList();
        return new SttChoice(candidates, ignored);
    }

    /** Sorted, so that the same call is always answered in the same way. */
    private static Map<String, String> wishesOf(SttSpec call) {
        Map<String, String> wishes = new TreeMap<>();
        call.options().forEach((key, value) -> {
            if (key.startsWith(OWN) && !value.isBlank()) {
                wishes.put(key.substring(OWN.length()), value.strip());
            }
        });
        return wishes;
    }

    /** The named ones first; the others stay behind them for fail-over. */
    private List<String> wished(String wish, List<String> others, List<Ignored> ignored) {
        if (!allowed.contains(VENDOR)) {
            ignored.add(notAllowed(VENDOR));
            return others;
        }
        List<String> wanted = RuleText.names(wish);
        List<String> unknown = wanted.stream().filter(name -> !isThere(name)).toList();
        if (!unknown.isEmpty()) {
            ignored.add(new Ignored(
                    "stt_" + VENDOR,
                    Reason.UNKNOWN_VENDOR,
                    String.join(",", unknown) + " (expected: of " + BuiltIn.NAME + ", "
                            + String.join(
                                    ", ", services.keySet().stream().sorted().toList()) + ")"));
        }
        Set<String> all =
                new LinkedHashSet<>(wanted.stream().filter(this::isThere).toList());
        all.addAll(others);
        return List.copyOf(all);
    }

    private boolean isThere(String name) {
        return name.equals(BuiltIn.NAME) || services.containsKey(name);
    }

    /** The name as an operator writes it: {@code language}, {@code model} or {@code deepgram.model}. */
    private void obey(Overrides overrides, List<Service> called, String name, String value) {
        int dot = name.indexOf('.');
        String option = name.substring(dot + 1);
        List<Service> meant = dot < 0
                ? meant(called, option)
                : called.stream()
                        .filter(service -> service.name().equals(name.substring(0, dot)))
                        .toList();
        // Checked with the configuration; what is wrong for a vendor of this very call stays as it is for all others.
        overrides.set(meant, option, value);
    }

    private Optional<Ignored> wish(Overrides overrides, List<Service> called, String name, String value) {
        Optional<Service> named = called.stream()
                .filter(service -> name.startsWith(prefix(service)))
                .filter(service ->
                        Overrides.find(service, hyphens(name, service)).isPresent())
                .findFirst();
        String option = named.map(service -> hyphens(name, service)).orElse(name.replace('_', '-'));
        List<Service> meant = named.map(List::of).orElseGet(() -> meant(called, option));
        if (meant.isEmpty()) {
            boolean nobodyListens = called.isEmpty() && allowed.contains(option);
            return nobodyListens
                    ? Optional.empty()
                    : Optional.of(new Ignored(
                            "stt_" + name, Reason.UNKNOWN_OPTION, "(expected: an option of a vendor of this call)"));
        }
        if (!meant.stream().allMatch(service -> isAllowed(service, option))) {
            return Optional.of(notAllowed(name));
        }
        return overrides
                .set(meant, option, value)
                .map(problem -> new Ignored("stt_" + name, Reason.BAD_VALUE, problem));
    }

    /** Words about the caller are for all, anything else is one vendor's language: the first one's that is called. */
    private static List<Service> meant(List<Service> called, String option) {
        Stream<Service> who =
                Overrides.isForAll(option) ? called.stream() : called.stream().limit(1);
        return who.filter(service -> Overrides.find(service, option).isPresent())
                .toList();
    }

    private boolean isAllowed(Service service, String option) {
        boolean listed = allowed.contains(option) || allowed.contains(service.name() + "." + option);
        return listed
                && Overrides.find(service, option).filter(VendorOption::perCall).isPresent();
    }

    private static String prefix(Service service) {
        return service.name().replace('-', '_') + "_";
    }

    private static String hyphens(String name, Service service) {
        return name.substring(prefix(service).length()).replace('_', '-');
    }

    private Candidate candidate(String name, Overrides byRule, Overrides byCall, List<Ignored> ignored) {
        Service usually = services.get(name);
        if (usually == null) {
            return new BuiltIn();
        }
        Options ruled = usually.options().with(byRule.of(usually));
        Map<String, String> own = byCall.of(usually);
        if (own.isEmpty()) {
            return new Service(usually.vendor(), ruled);
        }
        Options wished = ruled.with(own);
        List<String> problems = usually.vendor().problems(wished);
        if (problems.isEmpty()) {
            return new Service(usually.vendor(), wished);
        }
        ignored.add(new Ignored("stt_ options of " + name, Reason.BAD_VALUE, problems.getFirst()));
        return new Service(usually.vendor(), ruled);
    }

    private static Ignored notAllowed(String name) {
        return new Ignored("stt_" + name, Reason.NOT_ALLOWED, "(expected: one of stt.allow-per-call)");
    }
}
