package io.steadyline.journal.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.restart.Evidence.CrashKind;
import io.steadyline.restart.Evidence.CrashReport;
import java.util.List;
import org.junit.jupiter.api.Test;

class CrashReportTextTest {

    static final String NATIVE = """
        #
        # A fatal error has been detected by the Java Runtime Environment:
        #
        #  SIGSEGV (0xb) at pc=0x00007fdf3eb45ad8, pid=8626, tid=8627
        #
        # JRE version: OpenJDK Runtime Environment (25.0.3+9) (build 25.0.3+9-LTS)
        # Problematic frame:
        # C  [libc.so.6+0x167ad8]
        #
        ---------------  T H R E A D  ---------------

        siginfo: si_signo: 11 (SIGSEGV), si_code: 1 (SEGV_MAPERR), si_addr: 0x0000000000000010
        """;

    static final String SENT = """
        #
        # A fatal error has been detected by the Java Runtime Environment:
        #
        #  SIGSEGV (0xb) at pc=0x00007f246c553f14 (sent by kill), pid=8665, tid=8665
        #
        # Problematic frame:
        # C  [libc.so.6+0x85f14]
        #
        siginfo: si_signo: 11 (SIGSEGV), si_code: 0 (SI_USER), si_pid: 8602, si_uid: 0
        """;

    static final String OUT_OF_MEMORY = """
        #
        # A fatal error has been detected by the Java Runtime Environment:
        #
        #  Internal Error (debug.cpp:289), pid=8645, tid=8646
        #  fatal error: OutOfMemory encountered: Java heap space
        #
        """;

    private static final String NO_NATIVE_MEMORY = """
        #
        # There is insufficient memory for the Java Runtime Environment to continue.
        # Native memory allocation (mmap) failed to map 16384 bytes. Error detail: committing reserved memory.
        """;

    private static CrashReport parse(String text) {
        return CrashReportText.parse("hs_err_1.log", text);
    }

    @Test
    void shouldTellACrashOfNativeCode() {
        CrashReport report = parse(NATIVE);

        assertThat(report.file()).isEqualTo("hs_err_1.log");
        assertThat(report.kind()).isEqualTo(CrashKind.NATIVE);
        assertThat(report.signal()).hasValue(11);
        assertThat(report.senderPid()).isEmpty();
        assertThat(report.problematicFrame()).contains("C  [libc.so.6+0x167ad8]");
    }

    @Test
    void shouldTellASignalThatSomebodySent() {
        CrashReport report = parse(SENT);

        assertThat(report.kind()).isEqualTo(CrashKind.SENT);
        assertThat(report.signal()).hasValue(11);
        assertThat(report.senderPid()).hasValue(8602);
    }

    @Test
    void shouldTellThatTheHeapWasExhausted() {
        CrashReport report = parse(OUT_OF_MEMORY);

        assertThat(report.kind()).isEqualTo(CrashKind.OUT_OF_MEMORY);
        assertThat(report.signal()).isEmpty();
        assertThat(report.problematicFrame()).isEmpty();
    }

    @Test
    void shouldTellThatTheSystemHadNoMemory() {
        CrashReport report = parse(NO_NATIVE_MEMORY);

        assertThat(report.kind()).isEqualTo(CrashKind.NATIVE);
        assertThat(report.problematicFrame()).get().asString().startsWith("Native memory allocation (mmap) failed");
    }

    @Test
    void shouldTakeTheSignalFromItsInformationWhenTheHeadIsDamaged() {
        assertThat(parse(SENT.substring(SENT.indexOf("siginfo"))).signal()).hasValue(11);
    }

    @Test
    void shouldTakeAReportThatEndsAnywhere() {
        for (String whole : List.of(NATIVE, SENT, OUT_OF_MEMORY, NO_NATIVE_MEMORY)) {
            for (int end = 0; end <= whole.length(); end++) {
                CrashReport report = parse(whole.substring(0, end));
                assertThat(report.kind()).isNotNull();
                // What is not there yet cannot be wrong: no part of a report looks like another kind of it.
                assertThat(report.kind()).isIn(CrashKind.NATIVE, parse(whole).kind());
            }
        }
    }

    @Test
    void shouldTakeAnythingForAReport() {
        assertThat(parse("").kind()).isEqualTo(CrashKind.NATIVE);
        assertThat(parse("\u0000\uffff#  SIG (0xzz)\n# Problematic frame:\n#").signal())
                .isEmpty();
    }
}
