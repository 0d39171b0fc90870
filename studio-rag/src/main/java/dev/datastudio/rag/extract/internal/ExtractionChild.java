package dev.datastudio.rag.extract.internal;

import dev.datastudio.rag.extract.Block;
import dev.datastudio.rag.extract.DocumentMetadata;
import dev.datastudio.rag.extract.Extraction;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The program of the process that reads documents for another one: takes requests on its input, answers on its output,
 * and ends when its input does. It opens no URL, and what libraries print goes nowhere.
 */
public final class ExtractionChild {
    private static final Set<String> LOCAL = Set.of("file", "jar", "jrt", "resource");

    private ExtractionChild() {}

    /**
     * Reads documents until the input ends.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) throws Exception {
        DataOutputStream out =
                new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16));
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        new Frame.Writer(Frame.HELLO).text(Outcomes.READERS).to(out);
        out.flush();
        System.setOut(nowhere);
        System.setErr(nowhere);
        URL.setURLStreamHandlerFactory(protocol -> LOCAL.contains(protocol) ? null : new Refusing());
        LinkedBlockingQueue<FrameCodec.Request> requests = new LinkedBlockingQueue<>(1);
        Thread listener = new Thread(() -> listen(requests), "requests");
        listener.setDaemon(true);
        listener.start();
        while (true) {
            answer(requests.take(), out);
        }
    }

    /** Reads on while a file is being read, so that the end of the other process ends this one at once. */
    private static void listen(LinkedBlockingQueue<FrameCodec.Request> requests) {
        try (DataInputStream in =
                new DataInputStream(new BufferedInputStream(new FileInputStream(FileDescriptor.in)))) {
            while (true) {
                requests.put(FrameCodec.request(Frame.read(in)));
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            Runtime.getRuntime().halt(0); // nobody is there to be answered
        }
    }

    private static void answer(FrameCodec.Request request, DataOutputStream out) throws IOException {
        FileReading reading = new FileReading(Path.of(request.file()), request.name(), request.limits());
        Extraction result = reading.read(new FrameFeed(out));
        FrameCodec.write(result, out);
        out.flush();
    }

    private record FrameFeed(DataOutputStream out) implements Feed {
        @Override
        public void begin(DocumentMetadata metadata) {
            try {
                FrameCodec.write(metadata, out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void accept(Block block) {
            try {
                FrameCodec.write(block, out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void throwIfHalted() {
            // the other process ends this one instead
        }
    }

    /** Opens nothing. */
    private static final class Refusing extends URLStreamHandler {
        @Override
        protected URLConnection openConnection(URL url) throws IOException {
            throw new IOException("Documents are read without a network");
        }
    }
}
