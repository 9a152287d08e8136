package io.steadyline.stt.vendor;

import java.util.List;

/**
 * Something that may be set for a vendor.
 *
 * @param name lower case with hyphens, such as {@code utterance-end}
 * @param fallback as it would be written; empty: not sent at all
 * @param about one sentence with the vendor's own name of it and its range
 * @param perCall a call may choose it, when the operator allows that
 */
public record VendorOption(String name, Type type, String fallback, String about, boolean perCall) {

    /** How a value is written. */
    public sealed interface Type {
        record Text() implements Type {}

        /** Never shown. */
        record Secret() implements Type {}

        record Flag() implements Type {}

        /** A whole number. */
        record Whole(long min, long max) implements Type {}

        record Decimal(double min, double max) implements Type {}

        record OneOf(List<String> choices) implements Type {
            public OneOf {
                choices = List.copyOf(choices);
            }
        }

        /** Values with commas between them. */
        record Many() implements Type {}

        /** A URI with one of these schemes. */
        record Address(List<String> schemes) implements Type {
            public Address {
                schemes = List.copyOf(schemes);
            }
        }

        /** A file or directory of this machine. */
        record PathTo() implements Type {}
    }

    public static VendorOption text(String name, String fallback, String about) {
        return new VendorOption(name, new Type.Text(), fallback, about, false);
    }

    public static VendorOption secret(String name, String about) {
        return new VendorOption(name, new Type.Secret(), "", about, false);
    }

    public static VendorOption flag(String name, boolean fallback, String about) {
        return new VendorOption(name, new Type.Flag(), String.valueOf(fallback), about, false);
    }

    /** A flag that is not sent unless it is set. */
    public static VendorOption optionalFlag(String name, String about) {
        return new VendorOption(name, new Type.Flag(), "", about, false);
    }

    public static VendorOption whole(String name, long min, long max, String fallback, String about) {
        return new VendorOption(name, new Type.Whole(min, max), fallback, about, false);
    }

    public static VendorOption decimal(String name, double min, double max, String fallback, String about) {
        return new VendorOption(name, new Type.Decimal(min, max), fallback, about, false);
    }

    public static VendorOption oneOf(String name, String fallback, String about, String... choices) {
        return new VendorOption(name, new Type.OneOf(List.of(choices)), fallback, about, false);
    }

    public static VendorOption many(String name, String fallback, String about) {
        return new VendorOption(name, new Type.Many(), fallback, about, false);
    }

    public static VendorOption address(String name, String fallback, String about, String... schemes) {
        return new VendorOption(name, new Type.Address(List.of(schemes)), fallback, about, false);
    }

    public static VendorOption path(String name, String about) {
        return new VendorOption(name, new Type.PathTo(), "", about, false);
    }

    /** The same, and a call may choose it. */
    public VendorOption perCallToo() {
        return new VendorOption(name, type, fallback, about, true);
    }
}
