package io.steadyline.stt.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * AWS's own vectors: github.com/awslabs/aws-c-auth, tests/aws-signing-test-suite/v4/&lt;name&gt;, files request.txt,
 * context.json, query-canonical-request.txt and query-signature.txt, at commit
 * 495329c2433034bd8fd53fc6ba9e0202d3fac876.
 */
class SignedQueryTest {

    private static final String KEY_ID = "AKIDEXAMPLE";
    private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    private static final String UNRESERVED = "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final String OWN_PARAMETERS =
            "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIDEXAMPLE%2F20150830%2Fus-east-1%2Fservice%2F"
                    + "aws4_request&X-Amz-Date=20150830T123600Z&X-Amz-Expires=3600&";

    private final SignedQuery signer = new SignedQuery("example.amazonaws.com", "/", "us-east-1", "service");

    static Stream<Arguments> vectors() {
        return Stream.of(
                Arguments.of(
                        "get-vanilla",
                        Map.of(),
                        "",
                        "",
                        "e93c787ed7f371d5c6b165c1b38ede9550f4dce4144713e844b25b7192d3865d"),
                Arguments.of(
                        "get-vanilla-query-order-key-case",
                        Map.of("Param2", "value2", "Param1", "value1"),
                        "",
                        "Param1=value1&Param2=value2&",
                        "86012e2c9ad4d77369f5d81c11f75158aae4f895a085212cc6d3f923d300bed5"),
                Arguments.of(
                        "get-vanilla-query-order-encoded",
                        Map.of("Param-3", "Value3", "Param", "Value2", "ሴ", "Value1"),
                        "",
                        "%E1%88%B4=Value1&Param=Value2&Param-3=Value3&",
                        "c5f1848ceec943ac2ca68ee720460c23aaae30a2300586597ada94c4a65e4787"),
                Arguments.of(
                        "get-vanilla-query-unreserved",
                        Map.of(UNRESERVED, UNRESERVED),
                        "",
                        UNRESERVED + "=" + UNRESERVED + "&",
                        "8e76a88a7433637b12778d5592799b29ad21ecd6cf6325051c21d86f0acda2bf"),
                Arguments.of(
                        "get-vanilla-with-session-token",
                        Map.of(),
                        "6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267",
                        "",
                        "7ff2b50b376cb4d151970630573d6291dc128cc5c2a12ffb237f73cc53f67b6c"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("vectors")
    void shouldSignAsAwsPublishedIt(
            String name, Map<String, String> parameters, String token, String before, String signature) {
        String query =
                signer.of(parameters, new AwsKeys(KEY_ID, SECRET, token), Instant.parse("2015-08-30T12:36:00Z"), 3_600);
        assertThat(query)
                .isEqualTo(before
                        + OWN_PARAMETERS
                        + (token.isEmpty() ? "" : "X-Amz-Security-Token=" + token + "&")
                        + "X-Amz-SignedHeaders=host&X-Amz-Signature="
                        + signature);
    }

    @Test
    void shouldNotShowKeys() {
        assertThat(new AwsKeys(KEY_ID, SECRET, "token").toString()).doesNotContain(KEY_ID, SECRET, "token");
    }
}
