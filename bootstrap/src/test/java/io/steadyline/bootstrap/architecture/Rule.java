package io.steadyline.bootstrap.architecture;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** A rule, and classes that break it on purpose. */
record Rule(String name, ArchRule arch, List<Class<?>> offenders) {

    static Rule of(String name, ArchRule arch, Class<?>... offenders) {
        return new Rule(name, arch.because("of the rule that " + name), List.of(offenders));
    }

    @Override
    public String toString() {
        return name;
    }
}
