package io.steadyline.bootstrap.config;

import io.steadyline.bootstrap.config.SettingTypes.SecretFile;
import io.steadyline.bootstrap.config.SttTypes.Names;
import io.steadyline.bootstrap.config.SttTypes.RuleList;
import io.steadyline.signal.Printable;
import io.steadyline.stt.Extensions;
import io.steadyline.stt.builtin.NoRecogniser;
import io.steadyline.stt.choice.Candidate.BuiltIn;
import io.steadyline.stt.choice.ChoiceRule;
import io.steadyline.stt.choice.Chooser;
import io.steadyline.stt.vendor.CommonOptions;
import io.steadyline.stt.vendor.OptionCheck;
import io.steadyline.stt.vendor.Vendor;
import io.steadyline.stt.vendor.VendorOption;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which vendors there are, what is set for each, and whether the list, the rules and the allow-list fit them. */
final class VendorLoader {

    /** How {@link OptionCheck} and vendors write: {@code key: missing (expected: an API key)}. */
    private static final Pattern SENTENCE =
            Pattern.compile("([a-z0-9-]+(?:, [a-z0-9-]+)*): (.*) \\(expected: (.*)\\)", Pattern.DOTALL);

    /** A path with a mistake at its end is shown to the end. */
    private static final int MAX_VALUE_CHARS = 300;

    private final List<Problem> problems = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();
    /** Names, each with the reason why it cannot work. */
    private final Map<String, String> incomplete = new LinkedHashMap<>();

    private final Map<String, Vendor> vendors = new LinkedHashMap<>();
    private final List<VendorSetup> setups = new ArrayList<>();

    /** @param values of the catalogue */
    VendorLoader(List<Vendor> known, Values values) {
        known.forEach(vendor -> vendors.put(vendor.name(), vendor));
        values.find(Catalogue.STT_EXTENSIONS).ifPresent(directory -> extend(directory, values));
    }

    List<Setting<?>> settings() {
        return vendors.values().stream()
                .flatMap(vendor -> VendorSettings.flat(vendor).stream())
                .toList();
    }

    /** @param values of {@link #settings} too */
    void check(Values values) {
        vendors.values().forEach(vendor -> setups.add(setupOf(vendor, values)));
        Set<String> used = new TreeSet<>();
        values.find(Catalogue.STT_VENDORS).map(Names::all).ifPresent(names -> {
            if (names.contains(NoRecogniser.NAME)) {
                checkAlone(values);
                return;
            }
            checkNames(Catalogue.STT_VENDORS, names, values);
            used.addAll(names);
        });
        List<ChoiceRule> rules =
                values.find(Catalogue.STT_RULES).map(RuleList::all).orElse(List.of());
        rules.forEach(rule -> {
            checkNames(Catalogue.STT_RULES, rule.vendors(), values);
            used.addAll(rule.vendors());
        });
        setups.stream().filter(setup -> used.contains(setup.name())).forEach(setup -> checkSetup(setup, values));
        incomplete.forEach((name, reason) -> {
            if (used.contains(name)) {
                refuse(Catalogue.STT_EXTENSIONS, values, "all that " + name + " needs; " + reason);
            } else {
                notices.add(Catalogue.STT_EXTENSIONS.key() + ": " + name + " cannot be used: " + reason);
            }
        });
        rules.forEach(rule -> rule.options().forEach((name, value) -> checkRuleOption(name, value, values)));
        values.find(Catalogue.STT_ALLOW_PER_CALL)
                .ifPresent(names -> names.all().forEach(name -> checkAllowed(name, values)));
    }

    List<Problem> problems() {
        return problems;
    }

    /** What is allowed but deserves a line in the log. */
    List<String> notices() {
        return notices;
    }

    /** All that there are. */
    List<VendorSetup> setups() {
        return List.copyOf(setups);
    }

    private void extend(Path directory, Values values) {
        try {
            Extensions.Found found = Extensions.load(directory);
            found.remarks()
                    .forEach(remark -> notices.add(Catalogue.STT_EXTENSIONS.key() + ": "
                            + values.shown(Catalogue.STT_EXTENSIONS) + ": " + Printable.of(remark, MAX_VALUE_CHARS)));
            found.incomplete().forEach((name, why) -> incomplete.put(name, Printable.of(why, MAX_VALUE_CHARS)));
            for (Vendor vendor : found.vendors()) {
                boolean taken =
                        vendor.name().equals(BuiltIn.NAME) || vendor.name().equals(NoRecogniser.NAME);
                if (taken || vendors.putIfAbsent(vendor.name(), vendor) != null) {
                    refuse(Catalogue.STT_EXTENSIONS, values, "other vendors than " + vendor.name());
                }
            }
        } catch (IOException unusable) {
            refuse(
                    Catalogue.STT_EXTENSIONS,
                    values,
                    "a directory with jars of vendors: "
                            + Printable.of(String.valueOf(unusable.getMessage()), MAX_VALUE_CHARS));
        }
    }

    private VendorSetup setupOf(Vendor vendor, Values values) {
        Map<String, String> given = new HashMap<>();
        for (VendorSettings.Entry entry : VendorSettings.of(vendor)) {
            Setting<String> setting = entry.setting();
            Optional<String> direct =
                    values.find(setting).filter(value -> !(values.origin(setting) instanceof Origin.Default));
            direct.or(() -> entry.file()
                            .flatMap(values::find)
                            .map(SecretFile::secret)
                            .map(Secret::reveal))
                    .ifPresent(value -> given.put(entry.option().name(), value));
            entry.file().ifPresent(file -> checkOneSource(setting, file, values));
        }
        return new VendorSetup(vendor, given);
    }

    private void checkOneSource(Setting<String> direct, Setting<SecretFile> byFile, Values values) {
        boolean both = values.origin(direct) instanceof Origin.Environment
                && values.origin(byFile) instanceof Origin.Environment;
        if (both) {
            refuse(byFile, values, "not set, because " + direct.environment() + " is");
        }
    }

    private void checkNames(Setting<?> setting, List<String> names, Values values) {
        names.stream().filter(name -> !isThere(name)).forEach(name -> {
            Stream<String> ours = setting.key().equals(Catalogue.STT_VENDORS.key())
                    ? Stream.of(BuiltIn.NAME, NoRecogniser.NAME)
                    : Stream.of(BuiltIn.NAME);
            List<String> all = Stream.concat(ours, vendors.keySet().stream()).toList();
            String expectation = OwnJars.ofVendor(name)
                    .or(() -> Suggestion.nearest(name, all).map(near -> "did you mean " + near + "?"))
                    .orElse("of " + String.join(", ", all));
            problems.add(
                    new Problem(values.origin(setting), setting.key(), '"' + Printable.of(name) + '"', expectation));
        });
    }

    private boolean isThere(String name) {
        return name.equals(BuiltIn.NAME) || vendors.containsKey(name);
    }

    /** Nobody listens, so nobody can be next in line, or be chosen. */
    private void checkAlone(Values values) {
        if (values.of(Catalogue.STT_VENDORS).all().size() > 1) {
            refuse(Catalogue.STT_VENDORS, values, NoRecogniser.NAME + " alone");
        }
        for (Setting<?> choice : List.of(Catalogue.STT_RULES, Catalogue.STT_ALLOW_PER_CALL)) {
            if (!(values.origin(choice) instanceof Origin.Default)) {
                refuse(choice, values, "not set, because " + Catalogue.STT_VENDORS.key() + " is " + NoRecogniser.NAME);
            }
        }
    }

    /** Single values that are bad have been named already. */
    private void checkSetup(VendorSetup setup, Values values) {
        boolean bad = VendorSettings.flat(setup.vendor()).stream().anyMatch(values::isBad);
        if (!bad) {
            setup.problems().forEach(sentence -> problems.add(problem(setup.vendor(), sentence, values)));
        }
    }

    private static Problem problem(Vendor vendor, String sentence, Values values) {
        Matcher parts = SENTENCE.matcher(sentence);
        if (!parts.matches()) {
            return new Problem(
                    values.origin(Catalogue.STT_VENDORS),
                    "stt." + vendor.name(),
                    Printable.of(sentence, MAX_VALUE_CHARS),
                    "see docs/stt-options.md");
        }
        List<String> known =
                CommonOptions.of(vendor).stream().map(VendorOption::name).toList();
        List<String> keys = Stream.of(parts.group(1).split(", ", -1))
                .filter(known::contains)
                .map(option -> VendorSettings.keyOf(vendor, option))
                .toList();
        String value = Printable.of(parts.group(2), MAX_VALUE_CHARS);
        return switch (keys.size()) {
            case 0 ->
                new Problem(
                        values.origin(Catalogue.STT_VENDORS),
                        "stt." + vendor.name() + ": " + Printable.of(parts.group(1)),
                        value,
                        parts.group(3));
            case 1 ->
                new Problem(
                        values.originOf(keys.getFirst()),
                        keys.getFirst(),
                        value,
                        parts.group(3) + ", as " + Setting.environmentOf(keys.getFirst()));
            default -> ofSeveral(keys, value, parts.group(3), values);
        };
    }

    /** Those that somebody has set are at fault; none set: all of them are meant. */
    private static Problem ofSeveral(List<String> keys, String value, String expectation, Values values) {
        List<String> set = keys.stream()
                .filter(key -> !(values.originOf(key) instanceof Origin.Default))
                .toList();
        List<String> meant = set.isEmpty() ? keys : set;
        return new Problem(values.originOf(meant.getLast()), String.join(", ", meant), value, expectation);
    }

    private void checkRuleOption(String name, String value, Values values) {
        int dot = name.indexOf('.');
        List<VendorOption> meant = vendors.values().stream()
                .filter(vendor -> dot < 0 || vendor.name().equals(name.substring(0, dot)))
                .flatMap(vendor -> CommonOptions.of(vendor).stream())
                .filter(option -> option.name().equals(name.substring(dot + 1)))
                .filter(option -> !(option.type() instanceof VendorOption.Type.Secret))
                .toList();
        if (meant.isEmpty() && !CommonOptions.perCall().contains(name)) {
            refuse(
                    Catalogue.STT_RULES,
                    values,
                    "known options; " + Printable.of(name) + " is none, or a secret: see docs/stt-options.md");
        }
        // An option of this name may mean different things to different vendors: one that takes the value is enough.
        if (meant.stream()
                .noneMatch(option -> OptionCheck.problem(option, value).isEmpty())) {
            meant.stream()
                    .flatMap(option -> OptionCheck.problem(option, value).stream())
                    .findFirst()
                    .ifPresent(problem -> refuse(Catalogue.STT_RULES, values, Printable.of(problem, 200)));
        }
    }

    private void checkAllowed(String name, Values values) {
        int dot = name.indexOf('.');
        boolean known = name.equals(Chooser.VENDOR)
                || CommonOptions.perCall().contains(name)
                || vendors.values().stream()
                        .filter(vendor -> dot < 0 || vendor.name().equals(name.substring(0, dot)))
                        .flatMap(vendor -> CommonOptions.of(vendor).stream())
                        .anyMatch(option -> option.perCall() && option.name().equals(name.substring(dot + 1)));
        if (!known) {
            refuse(
                    Catalogue.STT_ALLOW_PER_CALL,
                    values,
                    "vendor, language, hints, or options that a call may choose; " + Printable.of(name)
                            + " is none: see docs/stt-options.md");
        }
    }

    private void refuse(Setting<?> setting, Values values, String expectation) {
        problems.add(new Problem(values.origin(setting), setting.key(), values.shown(setting), expectation));
    }
}
