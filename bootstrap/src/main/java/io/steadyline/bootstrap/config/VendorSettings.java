package io.steadyline.bootstrap.config;

import io.steadyline.bootstrap.config.SettingTypes.SecretFile;
import io.steadyline.stt.vendor.CommonOptions;
import io.steadyline.stt.vendor.Vendor;
import io.steadyline.stt.vendor.VendorOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Settings of one vendor, made from what it says that may be set: {@code stt.<vendor>.<option>}, and beside each secret one
 * for a file that holds it.
 */
final class VendorSettings {

    /**
     * An option and its settings.
     *
     * @param file for secrets: a file that holds the value
     */
    record Entry(VendorOption option, Setting<String> setting, Optional<Setting<SecretFile>> file) {}

    private static final String FILE_SUFFIX = "-file";

    private VendorSettings() {}

    static List<Entry> of(Vendor vendor) {
        List<VendorOption> options = CommonOptions.of(vendor);
        return options.stream().map(option -> entry(vendor, option, options)).toList();
    }

    /** The same as a flat list, in the order of the page. */
    static List<Setting<?>> flat(Vendor vendor) {
        List<Setting<?>> settings = new ArrayList<>();
        of(vendor).forEach(entry -> {
            settings.add(entry.setting());
            entry.file().ifPresent(settings::add);
        });
        return settings;
    }

    static String keyOf(Vendor vendor, String option) {
        return "stt." + vendor.name() + "." + option;
    }

    private static Entry entry(Vendor vendor, VendorOption option, List<VendorOption> all) {
        String key = keyOf(vendor, option.name());
        Setting<String> setting = new Setting<>(
                key,
                Setting.environmentOf(key),
                SttTypes.option(option),
                option.fallback(),
                option.about() + (option.perCall() ? " A call may choose it." : ""));
        String fileName = option.name() + FILE_SUFFIX;
        boolean own = all.stream().anyMatch(other -> other.name().equals(fileName));
        boolean byFile = option.type() instanceof VendorOption.Type.Secret && !own;
        return new Entry(
                option,
                setting,
                byFile
                        ? Optional.of(new Setting<>(
                                key + FILE_SUFFIX,
                                Setting.environmentOf(key + FILE_SUFFIX),
                                SettingTypes.secretFile(),
                                "",
                                "File that holds it, instead of the variable."))
                        : Optional.empty());
    }
}
