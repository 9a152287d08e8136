package io.steadyline.stt.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.auth.Retryable;
import io.steadyline.stt.grpc.GrpcHeaders;
import io.steadyline.stt.vendor.Openings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoogleTokensTest {

    /** As the library tells what the token's server answered. */
    private static final class Answer extends IOException implements Retryable {
        private static final long serialVersionUID = 1;

        private final boolean retryable;

        Answer(boolean retryable) {
            super("answer");
            this.retryable = retryable;
        }

        @Override
        public boolean isRetryable() {
            return retryable;
        }

        @Override
        public int getRetryCount() {
            return 3;
        }
    }

    private static GrpcHeaders ofFile(Path file) {
        GoogleVendor vendor = new GoogleVendor();
        return new GoogleTokens()
                .headers(Openings.options(vendor, Map.of("project", "p", "credentials-file", file.toString())));
    }

    @Test
    void shouldRefuseForGoodWhenTheFileIsMissing(@TempDir Path directory) {
        assertThatThrownBy(ofFile(directory.resolve("sa.json"))::of)
                .isInstanceOf(GrpcHeaders.Refused.class)
                .hasCauseInstanceOf(NoSuchFileException.class);
    }

    @Test
    void shouldRefuseForGoodWhenTheFileIsNoKey(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("sa.json"), "{\"type\":\"service_account\"}");
        assertThatThrownBy(ofFile(file)::of).isInstanceOf(GrpcHeaders.Refused.class);
    }

    @Test
    void shouldAskAgainWhereTheServerOfTokensMayDoBetter() {
        IOException network = new IOException("connection reset");
        Answer overloaded = new Answer(true);
        assertThat(GoogleTokens.judged(network)).isSameAs(network);
        assertThat(GoogleTokens.judged(overloaded)).isSameAs(overloaded);
        assertThat(GoogleTokens.judged(new Answer(false)))
                .isInstanceOf(GrpcHeaders.Refused.class)
                .hasMessage("answer");
    }
}
