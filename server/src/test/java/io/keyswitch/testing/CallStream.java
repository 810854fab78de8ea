package io.keyswitch.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/** A call with a streamed answer, read event by event. */
public final class CallStream implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpResponse<InputStream> response;
    private final BufferedReader lines;

    /** Sends a request, asking for a stream; waits for the head of the answer. */
    public CallStream(HttpRequest.Builder request) throws IOException, InterruptedException {
        response = client.send(
                request.header("Accept", "text/event-stream").build(), HttpResponse.BodyHandlers.ofInputStream());
        lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    public int status() {
        return response.statusCode();
    }

    /** The next event, without heartbeats. */
    public JsonNode next() throws IOException {
        return TestApp.parse(nextData());
    }

    /** The data of the next event, without heartbeats. */
    public String nextData() throws IOException {
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("data: ")) {
                return line.substring("data: ".length());
            }
        }
        throw new AssertionError("the stream has ended");
    }

    /** The text of the next delta. */
    public String delta() throws IOException {
        return next().path("message").path("delta").stringValue("");
    }

    /** Disconnects. */
    @Override
    public void close() {
        client.shutdownNow();
    }
}
