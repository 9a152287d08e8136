package io.steadyline.stt.google;

import com.google.auth.Retryable;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import io.steadyline.stt.grpc.GrpcHeaders;
import io.steadyline.stt.vendor.Options;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Access tokens; one for all calls until it expires. Any thread; the headers block where a token has to be fetched. */
final class GoogleTokens {

    private static final String SCOPE = "https://www.googleapis.com/auth/cloud-platform";
    /** In place of a file: what the machine itself is. */
    private static final String OF_THE_MACHINE = "";

    private final Map<String, GoogleCredentials> known = new HashMap<>();

    GrpcHeaders headers(Options options) {
        if (options.has(GoogleOptions.TOKEN)) {
            return GrpcHeaders.fixed(Map.of("authorization", "Bearer " + options.text(GoogleOptions.TOKEN)));
        }
        String file = options.find(GoogleOptions.CREDENTIALS_FILE).orElse(OF_THE_MACHINE);
        return () -> single(fetched(credentials(file)));
    }

    private static Map<String, List<String>> fetched(GoogleCredentials credentials) throws IOException {
        try {
            return credentials.getRequestMetadata();
        } catch (IOException failure) {
            throw judged(failure);
        }
    }

    /** The library says of most answers whether asking again may help; a failure of which it says nothing is the network's. */
    static IOException judged(IOException failure) {
        boolean forGood = failure instanceof Retryable answer && !answer.isRetryable();
        return forGood ? new GrpcHeaders.Refused(failure) : failure;
    }

    private synchronized GoogleCredentials credentials(String file) throws IOException {
        GoogleCredentials credentials = known.get(file);
        if (credentials == null) {
            credentials = read(file).createScoped(SCOPE);
            known.put(file, credentials);
        }
        return credentials;
    }

    private static GoogleCredentials read(String file) throws IOException {
        if (file.equals(OF_THE_MACHINE)) {
            return GoogleCredentials.getApplicationDefault();
        }
        try (InputStream in = Files.newInputStream(Path.of(file))) {
            return ServiceAccountCredentials.fromStream(in);
        } catch (IOException unreadable) {
            throw new GrpcHeaders.Refused(unreadable);
        }
    }

    private static Map<String, String> single(Map<String, List<String>> headers) {
        Map<String, String> single = new LinkedHashMap<>();
        headers.forEach((name, values) -> single.put(name, String.join(",", values)));
        return single;
    }
}
