package io.steadyline.stt.aws;

/**
 * What a request is signed with.
 *
 * @param sessionToken of keys that are valid for a while; empty: of keys that stay
 */
public record AwsKeys(String accessKey, String secretKey, String sessionToken) {

    /** Without the keys. */
    @Override
    public String toString() {
        return "keys of AWS";
    }
}
