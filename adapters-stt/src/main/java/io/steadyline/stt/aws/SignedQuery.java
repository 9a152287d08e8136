package io.steadyline.stt.aws;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * AWS Signature Version 4 in the query of a GET without a body, the host as the only header
 * (docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv.html).
 *
 * @param host with the port, unless it is the scheme's own: exactly what the Host header will say
 * @param path as it is sent; unreserved characters and slashes only
 */
public record SignedQuery(String host, String path, String region, String service) {

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int DAY_CHARS = 8;

    /** The whole query, with its signature, ready to be put after the question mark. */
    public String of(Map<String, String> parameters, AwsKeys keys, Instant at, long validS) {
        String second = SECOND.format(at);
        Map<String, String> all = new TreeMap<>(parameters);
        all.put("X-Amz-Algorithm", ALGORITHM);
        all.put("X-Amz-Credential", keys.accessKey() + "/" + scope(second));
        all.put("X-Amz-Date", second);
        all.put("X-Amz-Expires", String.valueOf(validS));
        all.put("X-Amz-SignedHeaders", "host");
        if (!keys.sessionToken().isEmpty()) {
            all.put("X-Amz-Security-Token", keys.sessionToken());
        }
        return canonicalQuery(all) + "&X-Amz-Signature=" + signature(all, keys.secretKey(), second);
    }

    /** @param parameters all but the signature, not yet encoded */
    public String signature(Map<String, String> parameters, String secretKey, String second) {
        String request =
                String.join("\n", "GET", path, canonicalQuery(parameters), "host:" + host, "", "host", hex(sha256("")));
        String toSign = String.join("\n", ALGORITHM, second, scope(second), hex(sha256(request)));
        return hex(hmac(signingKey(secretKey, second), toSign));
    }

    private byte[] signingKey(String secretKey, String second) {
        byte[] key = ("AWS4" + secretKey).getBytes(StandardCharsets.UTF_8);
        for (String part : new String[] {second.substring(0, DAY_CHARS), region, service, "aws4_request"}) {
            key = hmac(key, part);
        }
        return key;
    }

    private String scope(String second) {
        return String.join("/", second.substring(0, DAY_CHARS), region, service, "aws4_request");
    }

    /** Sorted by the encoded names. */
    private static String canonicalQuery(Map<String, String> parameters) {
        Map<String, String> encoded = new TreeMap<>();
        parameters.forEach((name, value) -> encoded.put(PercentCode.of(name), PercentCode.of(value)));
        return encoded.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("&"));
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("HmacSHA256: missing (expected: in each JDK)", impossible);
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("SHA-256: missing (expected: in each JDK)", impossible);
        }
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
