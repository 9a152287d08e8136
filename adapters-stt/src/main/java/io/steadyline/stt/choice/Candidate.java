package io.steadyline.stt.choice;

import io.steadyline.stt.vendor.CommonOptions;
import io.steadyline.stt.vendor.Options;
import io.steadyline.stt.vendor.Vendor;
import java.util.List;

/** One recogniser of a call's list. */
public sealed interface Candidate {

    /** As it stands in configuration and events. */
    String name();

    /** The gateway's own: no service, no words. */
    record BuiltIn() implements Candidate {

        public static final String NAME = "builtin";

        @Override
        public String name() {
            return NAME;
        }
    }

    /** @param options complete and checked, language and hints among them */
    record Service(Vendor vendor, Options options) implements Candidate {

        @Override
        public String name() {
            return vendor.name();
        }

        /** BCP 47. */
        public String language() {
            return options.text(CommonOptions.LANGUAGE);
        }

        public List<String> hints() {
            return options.many(CommonOptions.HINTS);
        }

        @Override
        public String toString() {
            return name();
        }
    }
}
