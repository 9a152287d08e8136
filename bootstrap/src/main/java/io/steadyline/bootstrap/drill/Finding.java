package io.steadyline.bootstrap.drill;

import io.steadyline.admin.v1.Boot;
import io.steadyline.admin.v1.BootEnd;
import io.steadyline.admin.v1.BootEndCause;
import io.steadyline.admin.v1.Confidence;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * What was said of a death, and whether it is right.
 *
 * @param said cause and confidence, or why there is none
 * @param detail for somebody who wants to know why it is wrong
 */
record Finding(String said, Judgement judgement, String detail) {

    enum Judgement {
        RIGHT,
        CANNOT_TELL,
        WRONG,
        /** It does not happen so. */
        DOES_NOT_APPLY,
        /** It cannot be done on this machine. */
        NOT_RUN;

        String words() {
            return this == WRONG ? name() : name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    static Finding doesNotApply() {
        return new Finding("–", Judgement.DOES_NOT_APPLY, "");
    }

    static Finding notRun(DrillNotRun why) {
        return new Finding("not run: " + why.getMessage(), Judgement.NOT_RUN, "");
    }

    static Finding failed(Exception failure) {
        return new Finding("no answer", Judgement.WRONG, String.valueOf(failure.getMessage()));
    }

    /**
     * Of all boots that ended by it: the worst.
     *
     * @param boots more than one when the keeper tried again
     */
    static Finding of(Death death, boolean hasParent, List<Boot> boots) {
        return boots.stream()
                .map(boot -> of(death, hasParent, boot.getEnd()))
                .max(Comparator.comparing(Finding::judgement))
                .map(worst -> boots.size() == 1
                        ? worst
                        : new Finding(
                                worst.said() + " (" + boots.size() + " boots)", worst.judgement(), worst.detail()))
                .orElse(new Finding("nothing", Judgement.WRONG, "no boot is known to have ended"));
    }

    private static Finding of(Death death, boolean hasParent, BootEnd end) {
        String said = "`" + plain(end.getCause().name(), "BOOT_END_CAUSE_") + "`, "
                + plain(end.getConfidence().name(), "CONFIDENCE_").replace('_', ' ');
        return new Finding(said, judge(death, hasParent, end), end.getSentence());
    }

    private static Judgement judge(Death death, boolean hasParent, BootEnd end) {
        if (end.getCause() == BootEndCause.BOOT_END_CAUSE_ABRUPT
                && end.getConfidence() == Confidence.CONFIDENCE_CANNOT_TELL) {
            return Judgement.CANNOT_TELL;
        }
        boolean isCause = end.getCause() == death.cause()
                || (!hasParent && death.alsoAlone().contains(end.getCause()));
        return isCause && end.getSentence().contains(death.says()) ? Judgement.RIGHT : Judgement.WRONG;
    }

    private static String plain(String name, String prefix) {
        return name.substring(prefix.length()).toLowerCase(Locale.ROOT);
    }
}
