package io.steadyline.bootstrap.drill;

import io.steadyline.admin.v1.BootEndCause;
import java.util.List;
import java.util.Map;

/**
 * One way for a worker to end, and what the next one has to say of it.
 *
 * @param row of the table "From evidence to cause" in docs/restarts.md
 * @param what was done to it, for the table
 * @param cause that is right
 * @param alsoAlone causes that are right too when nobody saw the end: they say less
 * @param says a part of the sentence without which the cause is not named right; may be empty
 * @param line of the log after which it is done
 * @param course what happens afterwards
 * @param place where it lives
 */
record Death(
        int row,
        String what,
        BootEndCause cause,
        List<BootEndCause> alsoAlone,
        String says,
        Map<String, String> environment,
        String line,
        Course course,
        Place place,
        Blow blow) {

    /** Of most, so that one can follow the other: what goes wrong is said when it is to happen. */
    static final Map<String, String> ANY_FAULT = Map.of("STEADYLINE_FAULT", "halt");

    /** What is done. */
    interface Blow {
        void strike(Victim victim) throws Exception;
    }

    enum Course {
        /** The keeper starts the next worker. */
        GOES_ON,
        /** The keeper ends too. */
        KEEPER_ENDS,
        /** As GOES_ON; does not happen without a keeper. */
        NEEDS_A_KEEPER
    }

    enum Place {
        ANYWHERE,
        /** A memory group with a limit. */
        MEMORY_GROUP,
        /** A group that counts processes and threads. */
        PIDS_GROUP,
        /** The next worker finds another boot id of the machine's kernel. */
        OTHER_MACHINE_BOOT
    }

    static Death of(int row, String what, BootEndCause cause, Blow blow) {
        return new Death(row, what, cause, List.of(), "", ANY_FAULT, "ready ", Course.GOES_ON, Place.ANYWHERE, blow);
    }

    Death orAlone(BootEndCause other) {
        return new Death(row, what, cause, List.of(other), says, environment, line, course, place, blow);
    }

    Death saying(String part) {
        return new Death(row, what, cause, alsoAlone, part, environment, line, course, place, blow);
    }

    Death with(Map<String, String> variables) {
        return new Death(row, what, cause, alsoAlone, says, variables, line, course, place, blow);
    }

    Death after(String otherLine) {
        return new Death(row, what, cause, alsoAlone, says, environment, otherLine, course, place, blow);
    }

    Death then(Course other) {
        return new Death(row, what, cause, alsoAlone, says, environment, line, other, place, blow);
    }

    Death in(Place other) {
        return new Death(row, what, cause, alsoAlone, says, environment, line, course, other, blow);
    }
}
