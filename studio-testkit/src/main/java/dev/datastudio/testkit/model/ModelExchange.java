package dev.datastudio.testkit.model;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One request and its answer over a connection of its own, HTTP/1.1. Unlike the server of the JDK it can break an answer
 * off anywhere, and sees when the client does. Not thread-safe.
 */
final class ModelExchange {
    private static final int LOOK_MILLIS = 5;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final String target;
    private final Map<String, String> headers;
    private final byte[] body;

    private ModelExchange(Socket socket, InputStream in, String target, Map<String, String> headers, byte[] body)
            throws IOException {
        this.socket = socket;
        this.in = in;
        this.out = socket.getOutputStream();
        this.target = target;
        this.headers = headers;
        this.body = body;
    }

    /** Reads the request of a connection. */
    static ModelExchange read(Socket socket) throws IOException {
        InputStream in = new BufferedInputStream(socket.getInputStream());
        String[] request = line(in).split(" ");
        if (request.length != 3) {
            throw new IOException("no HTTP request: " + String.join(" ", request));
        }
        Map<String, String> headers = new HashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        byte[] body = in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        return new ModelExchange(socket, in, request[1], headers, body);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the connection was closed");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    /** Path and query. */
    String target() {
        return target;
    }

    /** By their names in lower case. */
    Map<String, String> headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }

    /** Sends an answer, or only the first bytes of it. */
    void send(int status, Map<String, String> extra, String json, boolean isCut) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        start(status, "application/json", extra, "Content-Length: " + bytes.length);
        out.write(bytes, 0, isCut ? bytes.length / 2 : bytes.length);
        out.flush();
    }

    /** Begins an answer that is sent in frames. */
    void startStream(String type) throws IOException {
        start(200, type, Map.of(), "Transfer-Encoding: chunked");
    }

    private void start(int status, String type, Map<String, String> extra, String length) throws IOException {
        StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " -\r\n");
        head.append("Content-Type: ").append(type).append("\r\n");
        extra.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append(length).append("\r\nConnection: close\r\n\r\n");
        out.write(head.toString().getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** Sends one frame at once. */
    void frame(String text) throws IOException {
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        out.write((Integer.toHexString(length) + "\r\n" + text + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** Ends the frames as it should be. */
    void endStream() throws IOException {
        out.write("0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /**
     * Waits until a latch is open, at most so long.
     *
     * @throws IOException if the client closes the connection meanwhile
     */
    void await(CountDownLatch latch, Duration limit) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        while (System.nanoTime() - begin < limit.toNanos() && !latch.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
            requireClient(1);
        }
    }

    /**
     * Waits so long.
     *
     * @throws IOException if the client closes the connection meanwhile
     */
    void await(Duration time) throws IOException {
        if (!time.isZero()) {
            requireClient(Math.toIntExact(time.toMillis()));
        }
    }

    private void requireClient(int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            if (in.read() < 0) {
                throw new EOFException("the client closed the connection");
            }
        } catch (SocketTimeoutException e) {
            socket.setSoTimeout(0); // it is there and says nothing, as it should
        }
    }
}
