package io.steadyline.stt.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QueryTest {

    private static final URI ADDRESS = URI.create("wss://host/listen");

    @Test
    void shouldKeepTheOrder() {
        assertThat(new Query().add("b", "1").add("a", "2").on(ADDRESS)).hasToString("wss://host/listen?b=1&a=2");
    }

    @Test
    void shouldEncodeWhatIsNotPlain() {
        assertThat(new Query().add("q", "a b&c=ü+[").on(ADDRESS))
                .hasToString("wss://host/listen?q=a%20b%26c%3D%C3%BC%2B%5B");
    }

    @Test
    void shouldRepeatANameForEachValue() {
        assertThat(new Query().addEach("tag", List.of("x", "y")).on(ADDRESS))
                .hasToString("wss://host/listen?tag=x&tag=y");
    }

    @Test
    void shouldNotSendWhatIsEmpty() {
        assertThat(new Query().add("a", "").on(ADDRESS)).isEqualTo(ADDRESS);
    }

    @Test
    void shouldFollowTheQueryOfTheAddress() {
        assertThat(new Query().add("a", "1").on(URI.create("wss://host/listen?x=%20")))
                .hasToString("wss://host/listen?x=%20&a=1");
    }

    @Test
    void shouldSendOptionsByTheVendorsName() {
        Options options = new Options(
                List.of(
                        VendorOption.text("smart-format", "", "smart_format"),
                        VendorOption.text("not-set", "", "not_set"),
                        VendorOption.many("key-terms", "", "key_terms")),
                Map.of("smart-format", "true", "key-terms", "a,b"));
        assertThat(new Query()
                        .addSet(options, List.of("smart-format", "not-set"))
                        .addEachSet(options, List.of("key-terms"))
                        .on(ADDRESS))
                .hasToString("wss://host/listen?smart_format=true&key_terms=a&key_terms=b");
    }
}
