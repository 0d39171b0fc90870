package dev.datastudio.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Clients in a closed loop: each sends a request over its own connection, waits for the whole answer, thinks, and sends
 * the next. All are one thread over one selector, with the request's bytes made beforehand, so that the load takes as
 * little of the machine as it can from the server beside it.
 */
final class LoadClient {
    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final String LENGTH = "content-length:";
    private static final int MOST_HEAD = 16_384;

    private final InetSocketAddress server;
    private final byte[] request;
    private final int clients;
    private final long thinkNanos;

    /**
     * Clients that all send the same.
     *
     * @param request head and body
     * @param clients how many
     * @param think how long each waits after an answer
     */
    LoadClient(int port, byte[] request, int clients, Duration think) {
        this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        this.request = request.clone();
        this.clients = clients;
        this.thinkNanos = think.toNanos();
    }

    /** What came of a load; times in milliseconds. */
    record Result(double perSecond, long answers, long errors, double p50, double p95, double p99, double max) {}

    /** Runs the loop: some time that does not count, then some that does. */
    Result run(Duration warmUp, Duration measured) throws IOException {
        try (Selector selector = Selector.open()) {
            Loop loop = new Loop(selector);
            long begin = System.nanoTime() + warmUp.toNanos();
            long end = begin + measured.toNanos();
            loop.run(begin, end);
            return loop.result((end - begin) / 1e9);
        }
    }

    private final class Loop {
        private final Selector selector;
        private final PriorityQueue<Connection> thinking =
                new PriorityQueue<>(Comparator.comparingLong((Connection each) -> each.due));
        private final List<Connection> all = new ArrayList<>();
        private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 17);
        private long[] times = new long[1 << 16];
        private int count;
        private long errors;
        private long begin;

        Loop(Selector selector) throws IOException {
            this.selector = selector;
            SplittableRandom random = new SplittableRandom(1);
            long now = System.nanoTime();
            for (int i = 0; i < clients; i++) {
                Connection connection = new Connection(selector);
                connection.due = now + (thinkNanos == 0 ? 0 : random.nextLong(thinkNanos));
                all.add(connection);
                thinking.add(connection);
            }
        }

        void run(long from, long until) throws IOException {
            begin = from;
            for (long now = System.nanoTime(); now < until; now = System.nanoTime()) {
                while (!thinking.isEmpty() && thinking.peek().due <= now) {
                    thinking.poll().send(now);
                }
                long wait = thinking.isEmpty() ? until - now : Math.min(until, thinking.peek().due) - now;
                if (wait >= 1_000_000) {
                    selector.select(wait / 1_000_000);
                } else {
                    selector.selectNow();
                }
                for (SelectionKey key : selector.selectedKeys()) {
                    ready((Connection) key.attachment());
                }
                selector.selectedKeys().clear();
            }
            for (Connection connection : all) {
                connection.channel.close();
            }
        }

        private void ready(Connection connection) throws IOException {
            if (!connection.isDone(buffer)) {
                return;
            }
            long now = System.nanoTime();
            if (now >= begin) {
                if (connection.status != 200) {
                    errors++;
                }
                if (count == times.length) {
                    times = Arrays.copyOf(times, 2 * count);
                }
                times[count++] = now - connection.sent;
            }
            connection.due = now + thinkNanos;
            thinking.add(connection);
        }

        Result result(double seconds) {
            long[] sorted = Arrays.copyOf(times, count);
            Arrays.sort(sorted);
            return new Result(
                    count / seconds,
                    count,
                    errors,
                    quantile(sorted, 0.5),
                    quantile(sorted, 0.95),
                    quantile(sorted, 0.99),
                    quantile(sorted, 1));
        }

        private static double quantile(long[] sorted, double fraction) {
            if (sorted.length == 0) {
                return Double.NaN;
            }
            return sorted[(int) Math.min(sorted.length - 1, Math.floor(fraction * sorted.length))] / 1e6;
        }
    }

    /** One client's connection, which stays open as long as the server lets it. */
    private final class Connection {
        private final Selector selector;
        private SocketChannel channel;
        private boolean isClosing;
        private final ByteBuffer sending = ByteBuffer.wrap(request);
        private final byte[] head = new byte[MOST_HEAD];
        private int headLength;
        private long bodyLeft = -1;
        private int status;
        private long sent;
        private long due;

        Connection(Selector selector) throws IOException {
            this.selector = selector;
            this.channel = connected();
        }

        private SocketChannel connected() throws IOException {
            SocketChannel opened = SocketChannel.open(server);
            opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
            opened.configureBlocking(false);
            opened.register(selector, SelectionKey.OP_READ, this);
            return opened;
        }

        void send(long now) throws IOException {
            sent = now;
            if (isClosing) { // a server ends a connection after some answers, and says so with the last one
                channel.close();
                channel = connected();
            }
            headLength = 0;
            bodyLeft = -1;
            sending.rewind();
            while (sending.hasRemaining()) { // a request fits into what the system buffers
                channel.write(sending);
            }
        }

        /** Reads what is there; whether the answer is whole. */
        boolean isDone(ByteBuffer buffer) throws IOException {
            while (true) {
                buffer.clear();
                int read = channel.read(buffer);
                if (read < 0) {
                    throw new IOException("The server closed a connection after " + headLength + " bytes of an answer");
                }
                if (read == 0) {
                    return false;
                }
                buffer.flip();
                if (bodyLeft < 0) {
                    readHead(buffer);
                }
                if (bodyLeft >= 0) {
                    bodyLeft -= buffer.remaining();
                    if (bodyLeft <= 0) {
                        return true;
                    }
                }
            }
        }

        private void readHead(ByteBuffer buffer) throws IOException {
            while (buffer.hasRemaining()) {
                if (headLength == MOST_HEAD) {
                    throw new IOException("An answer's head has more than " + MOST_HEAD + " bytes");
                }
                head[headLength++] = buffer.get();
                if (endsHead()) {
                    parseHead();
                    return;
                }
            }
        }

        private boolean endsHead() {
            int from = headLength - END_OF_HEAD.length;
            return head[headLength - 1] == '\n'
                    && from >= 0
                    && Arrays.equals(head, from, headLength, END_OF_HEAD, 0, END_OF_HEAD.length);
        }

        private void parseHead() throws IOException {
            String text = new String(head, 0, headLength, StandardCharsets.ISO_8859_1);
            status = Integer.parseInt(text.substring(9, 12));
            String lower = text.toLowerCase(Locale.ROOT);
            isClosing = lower.contains("connection: close");
            int at = lower.indexOf(LENGTH);
            if (at < 0) {
                throw new IOException("An answer does not say how long it is: " + text);
            }
            bodyLeft = Long.parseLong(
                    text.substring(at + LENGTH.length(), text.indexOf('\r', at)).strip());
        }
    }
}
