package dev.datastudio.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Iterator;
import java.util.stream.Stream;

/** The client of the JDK, reading the same streams: it looks for the first word and reads the rest unseen. */
final class BareStreams implements StreamsBenchmark.Reader {
    private static final String BODY = """
            {"model":"scripted","stream":true,"stream_options":{"include_usage":true},
             "messages":[{"role":"user","content":"Tell me something"}]}""";
    private static final String PIECE = "\"content\":\"word";

    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpRequest request;

    BareStreams(String baseUrl) {
        this.request = HttpRequest.newBuilder(URI.create(baseUrl + "/chat/completions"))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer sk-streams")
                .POST(HttpRequest.BodyPublishers.ofString(BODY))
                .build();
    }

    @Override
    public double millisToFirstWord(int conversation) throws IOException, InterruptedException {
        long start = System.nanoTime();
        double first = Double.NaN;
        int words = 0;
        try (Stream<String> lines =
                client.send(request, HttpResponse.BodyHandlers.ofLines()).body()) {
            for (Iterator<String> line = lines.iterator(); line.hasNext(); ) {
                if (line.next().contains(PIECE) && words++ == 0) {
                    first = (System.nanoTime() - start) / 1e6;
                }
            }
        }
        if (words != StreamServer.WORDS) {
            throw new IOException("The bare client read " + words + " words");
        }
        return first;
    }
}
