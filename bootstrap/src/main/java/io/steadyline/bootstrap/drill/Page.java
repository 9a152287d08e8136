package io.steadyline.bootstrap.drill;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;

/** The gateway's pages for probes and scrapers. */
record Page(int status, String text) {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** @throws DrillFailure nobody answered */
    static Page of(DrillContext context, String path) throws DrillFailure {
        HttpRequest request = HttpRequest.newBuilder(URI.create(context.setUp().web() + path))
                .timeout(PATIENCE)
                .build();
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return new Page(response.statusCode(), response.body().strip());
        } catch (IOException failed) {
            throw new DrillFailure(path + ": " + failed);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new DrillFailure(path + ": interrupted");
        }
    }

    /** Sum over the values of a metric whose labels have all of these texts. */
    static double metric(DrillContext context, String name, String... labels) throws DrillFailure {
        return of(context, "/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> Arrays.stream(labels).allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
