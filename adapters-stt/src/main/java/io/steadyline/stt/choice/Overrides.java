package io.steadyline.stt.choice;

import io.steadyline.stt.choice.Candidate.Service;
import io.steadyline.stt.vendor.CommonOptions;
import io.steadyline.stt.vendor.OptionCheck;
import io.steadyline.stt.vendor.VendorOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Options of one call that differ from the usual ones, by vendor. Used by one choice. */
final class Overrides {

    private final Map<String, Map<String, String>> byVendor = new HashMap<>();

    /** Options of these names are about the caller, whoever listens. */
    static boolean isForAll(String option) {
        return option.equals(CommonOptions.LANGUAGE) || option.equals(CommonOptions.HINTS);
    }

    static Optional<VendorOption> find(Service service, String option) {
        return CommonOptions.of(service.vendor()).stream()
                .filter(known -> known.name().equals(option))
                .findFirst();
    }

    /** Empty: it is obeyed from now on. */
    Optional<String> set(List<Service> services, String option, String value) {
        for (Service service : services) {
            Optional<String> problem = find(service, option).flatMap(known -> OptionCheck.problem(known, value));
            if (problem.isPresent()) {
                return problem;
            }
        }
        services.forEach(service -> byVendor.computeIfAbsent(service.name(), name -> new HashMap<>())
                .put(option, value));
        return Optional.empty();
    }

    Map<String, String> of(Service service) {
        return byVendor.getOrDefault(service.name(), Map.of());
    }
}
