package io.steadyline.journal.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.steadyline.journal.host.WorkerGuard.Acquired;
import io.steadyline.journal.host.WorkerGuard.HeldByOther;
import io.steadyline.journal.host.WorkerGuard.Outcome;
import io.steadyline.journal.host.WorkerGuard.Standing;
import io.steadyline.journal.host.WorkerGuard.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerGuardTest {

    private static final long ME = ProcessHandle.current().pid();

    @TempDir
    Path temp;

    private Outcome acquire(Path dir) {
        return WorkerGuard.acquire(dir, OwnerDetails.ofThisProcess(dir, "boot-of-test"));
    }

    private WorkerGuard guard(Path dir) {
        Outcome outcome = acquire(dir);
        assertThat(outcome).isInstanceOf(Acquired.class);
        return ((Acquired) outcome).guard();
    }

    @Nested
    class AFreeDirectory {

        @Test
        void shouldBeMadeAndTaken() {
            Path dir = temp.resolve("a/data");

            try (WorkerGuard guard = guard(dir)) {
                assertThat(guard.check().standing()).isEqualTo(Standing.OURS);
                assertThat(guard.check().sentence()).isEmpty();
                assertThat(guard.isStillOurs()).isTrue();
            }
        }

        @Test
        void shouldHaveTheOwnerWrittenDown() {
            try (WorkerGuard _ = guard(temp)) {
                OwnerDetails owner = new OwnerFile(temp.resolve(WorkerGuard.OWNER_FILE))
                        .read()
                        .orElseThrow();
                assertThat(owner).isEqualTo(OwnerDetails.ofThisProcess(temp, "boot-of-test"));
                assertThat(owner.parents()).isNotEmpty();
                assertThat(temp)
                        .isDirectoryNotContaining(file -> file.toString().endsWith(".tmp"));
            }
        }

        @Test
        void shouldBeFreeAgainAfterClose() {
            guard(temp).close();
            assertThat(temp.resolve(WorkerGuard.OWNER_FILE)).doesNotExist();

            guard(temp).close();
        }

        @Test
        void shouldTakeASecondCloseForNothing() {
            WorkerGuard first = guard(temp);
            first.close();
            try (WorkerGuard second = guard(temp)) {
                first.close();

                assertThat(second.isStillOurs()).isTrue();
                assertThat(acquire(temp)).isInstanceOf(HeldByOther.class);
            }
        }
    }

    @Nested
    class ATakenDirectory {

        @Test
        void shouldSayByWhomAndWhatToDo() {
            try (WorkerGuard _ = guard(temp)) {
                Outcome second = acquire(temp);

                assertThat(second).isInstanceOf(HeldByOther.class);
                HeldByOther held = (HeldByOther) second;
                assertThat(held.ownerLives()).isTrue();
                assertThat(held.owner().orElseThrow().pid()).isEqualTo(ME);
                assertThat(held.sentence())
                        .startsWith("data directory " + temp + " is in use by pid " + ME + " (")
                        .contains(", since 20", ", child of ")
                        .endsWith("): one data directory has one live worker; stop that one, or give this one its own "
                                + "STEADYLINE_DATA_DIR");
            }
        }

        @Test
        void shouldStayTakenWhenItsFilesAreRead() throws IOException {
            try (WorkerGuard guard = guard(temp)) {
                Files.readAllBytes(temp.resolve(WorkerGuard.LOCK_FILE));
                Files.readAllBytes(temp.resolve(WorkerGuard.OWNER_FILE));

                assertThat(acquire(temp)).isInstanceOf(HeldByOther.class);
                assertThat(guard.isStillOurs()).isTrue();
            }
        }

        @Test
        void shouldSayThatAnUnseenHolderHoldsAllTheSame() throws IOException {
            try (WorkerGuard _ = guard(temp)) {
                new OwnerFile(temp.resolve(WorkerGuard.OWNER_FILE))
                        .write(new OwnerDetails(
                                ME, 1, Instant.EPOCH, "java -jar gateway.jar", List.of(), "", temp.toString()));
                Path noProcesses = Files.createDirectory(temp.resolve("proc"));

                HeldByOther held = new LockHolder(
                                new HostProcesses(noProcesses),
                                temp.resolve(WorkerGuard.LOCK_FILE),
                                new OwnerFile(temp.resolve(WorkerGuard.OWNER_FILE)))
                        .describe(temp);

                assertThat(held.ownerLives()).isFalse();
                assertThat(held.sentence())
                        .contains("java -jar gateway.jar, since 1970-01-01 00:00:00Z")
                        .contains("which cannot be seen from here");
            }
        }

        @Test
        void shouldFindAHolderWithoutANameInTheKernelsTable() throws IOException {
            try (WorkerGuard _ = guard(temp)) {
                Files.delete(temp.resolve(WorkerGuard.OWNER_FILE));
                FakeProc proc = new FakeProc(temp.resolve("proc"));
                proc.process(4711, 1, "java", "java", "-jar", "gateway.jar");
                Object inode = Files.getAttribute(temp.resolve(WorkerGuard.LOCK_FILE), "unix:ino");
                proc.file(
                        "locks",
                        "1: POSIX  ADVISORY  WRITE 9 08:01:7 0 EOF\n2: FLOCK  ADVISORY  WRITE 4711 08:01:" + inode
                                + " 0 EOF\n");

                HeldByOther held = new LockHolder(
                                proc.processes(),
                                temp.resolve(WorkerGuard.LOCK_FILE),
                                new OwnerFile(temp.resolve(WorkerGuard.OWNER_FILE)))
                        .describe(temp);

                assertThat(held.ownerLives()).isTrue();
                assertThat(held.sentence()).contains("in use by pid 4711 (java -jar gateway.jar, since ");
            }
        }
    }

    @Nested
    class ADeletedLockFile {

        @Test
        void shouldBeTakenAgainWhenNobodyHasIt() throws IOException {
            try (WorkerGuard guard = guard(temp)) {
                Files.delete(temp.resolve(WorkerGuard.LOCK_FILE));

                WorkerGuard.Check check = guard.check();

                assertThat(check.standing()).isEqualTo(Standing.TAKEN_AGAIN);
                assertThat(check.sentence()).contains("was deleted; it is locked again");
                assertThat(guard.check().standing()).isEqualTo(Standing.OURS);
                assertThat(acquire(temp)).isInstanceOf(HeldByOther.class);
            }
        }

        @Test
        void shouldBeLostWhenAnotherHasTakenIt() throws IOException {
            WorkerGuard guard = guard(temp);
            Files.delete(temp.resolve(WorkerGuard.LOCK_FILE));
            try (WorkerGuard other = guard(temp)) {
                WorkerGuard.Check check = guard.check();

                assertThat(check.standing()).isEqualTo(Standing.LOST);
                assertThat(check.sentence()).contains("was deleted, and pid " + ME, "has taken it since");
                guard.close();
                assertThat(guard.isStillOurs()).isFalse();
                assertThat(other.isStillOurs()).isTrue();
                assertThat(temp.resolve(WorkerGuard.OWNER_FILE)).exists();
            }
        }

        @Test
        void shouldStayUnknownWhenTheDirectoryIsGone() throws IOException {
            Path dir = temp.resolve("data");
            try (WorkerGuard guard = guard(dir)) {
                Files.delete(dir.resolve(WorkerGuard.LOCK_FILE));
                Files.delete(dir.resolve(WorkerGuard.OWNER_FILE));
                Files.delete(dir);

                assertThat(guard.check().standing()).isEqualTo(Standing.UNKNOWN);
                assertThat(guard.check().sentence()).contains("cannot be checked", "no such directory");
                assertThat(guard.isStillOurs()).isTrue();
            }
        }
    }

    @Nested
    class NoGuard {

        @Test
        void shouldSayWhyWhenTheDirectoryIsAFile() throws IOException {
            Path file = Files.createFile(temp.resolve("file"));

            assertThat(acquire(file)).isInstanceOf(Unavailable.class);
            assertThat(((Unavailable) acquire(file.resolve("data"))).sentence())
                    .startsWith(
                            "data directory " + file.resolve("data") + " cannot be guarded against a second worker: ");
        }

        @Test
        void shouldSayWhyWhenTheLockFileCannotBeOpened() throws IOException {
            Files.createDirectory(temp.resolve(WorkerGuard.LOCK_FILE));

            assertThat(((Unavailable) acquire(temp)).sentence()).endsWith("is a directory (errno 21)");
        }
    }

    @Nested
    class OtherProcesses {

        @Test
        void shouldLetExactlyOneOfTwoWin() throws Exception {
            try (ChildJvm a = ChildJvm.start(GuardChild.class);
                    ChildJvm b = ChildJvm.start(GuardChild.class)) {
                assertThat(a.answer()).isEqualTo("ready");
                assertThat(b.answer()).isEqualTo("ready");
                for (int round = 1; round <= 20; round++) {
                    String dir = temp.resolve("round-" + round).toString();
                    a.say(dir);
                    b.say(dir);
                    String ofA = a.answer();
                    String ofB = b.answer();

                    ChildJvm winner = ofA.equals("acquired") ? a : b;
                    String ofLoser = winner == a ? ofB : ofA;
                    assertThat(winner == a ? ofA : ofB).as("round %d", round).isEqualTo("acquired");
                    assertThat(ofLoser).as("round %d", round).contains("is in use by pid " + winner.pid() + " (");
                    assertThat(winner.ask("release")).isEqualTo("released");
                }
            }
        }

        @Test
        void shouldFreeTheDirectoryOfAKilledOne() throws Exception {
            try (ChildJvm child = ChildJvm.start(GuardChild.class)) {
                assertThat(child.answer()).isEqualTo("ready");
                assertThat(child.ask(temp.toString())).isEqualTo("acquired");
                Outcome whileItLives = acquire(temp);
                assertThat(whileItLives).isInstanceOf(HeldByOther.class);
                assertThat(((HeldByOther) whileItLives).owner().orElseThrow().pid())
                        .isEqualTo(child.pid());

                child.kill();

                guard(temp).close();
            }
        }
    }
}
