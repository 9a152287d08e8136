package io.steadyline.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class CFunctionTest {

    private static final FunctionDescriptor NUMBER = FunctionDescriptor.of(ValueLayout.JAVA_INT);

    @Test
    void shouldBeLinkedOnce() throws Throwable {
        CFunction user = new CFunction("getuid", NUMBER);

        assertThat(user.handle()).isSameAs(user.handle());
        assertThat((int) user.handle().invokeExact()).isEqualTo(Processes.user());
    }

    @Test
    void shouldNameAFunctionThatTheSystemDoesNotHaveOnlyWhenItIsNeeded() {
        CFunction absent = new CFunction("no_such_function", NUMBER);

        assertThatThrownBy(absent::handle)
                .isInstanceOf(UnsatisfiedLinkError.class)
                .hasMessageContaining("no_such_function");
    }

    @Test
    void shouldTellWhoeverCallsThatItCannotBeLinkedAndNotThatItThrew() {
        UnsatisfiedLinkError absent = new UnsatisfiedLinkError("no_such_function");

        assertThatThrownBy(() -> Native.impossible(absent)).isSameAs(absent);
        assertThat(Native.impossible(new Exception("from C"))).hasMessageContaining("a C function threw");
    }
}
