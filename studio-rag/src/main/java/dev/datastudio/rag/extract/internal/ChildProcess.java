package dev.datastudio.rag.extract.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.rag.extract.Block;
import dev.datastudio.rag.extract.DocumentSink;
import dev.datastudio.rag.extract.DocumentSource;
import dev.datastudio.rag.extract.Extraction;
import dev.datastudio.rag.extract.ExtractionLimits;
import dev.datastudio.rag.extract.ExtractionStatus;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A process that reads documents, as the other process sees it. One file at a time; {@link #kill()} from any thread. */
public final class ChildProcess {
    private static final Logger LOG = LoggerFactory.getLogger(ChildProcess.class);
    /** What a JVM with {@code -XX:+ExitOnOutOfMemoryError} ends with. */
    private static final int OUT_OF_MEMORY = 3;

    private final Process process;
    private final Path folder;
    private final DataInputStream in;
    private final DataOutputStream out;
    private int files;
    private boolean broken;

    private ChildProcess(Process process, Path folder) {
        this.process = process;
        this.folder = folder;
        this.in = new DataInputStream(new BufferedInputStream(process.getInputStream(), 1 << 16));
        this.out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
    }

    /**
     * Starts one, without any variable of this program's environment.
     *
     * @param folder its own, for temporary files; deleted when it ends
     */
    public static ChildProcess start(List<String> command, Path folder) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        String windows = environment.get("SystemRoot");
        environment.clear();
        environment.put("LC_ALL", "C.UTF-8"); // or names of files could not be passed on
        if (windows != null) {
            environment.put("SystemRoot", windows);
        }
        builder.directory(folder.toFile());
        builder.redirectError(folder.resolve("error.log").toFile());
        return new ChildProcess(builder.start(), folder);
    }

    /** Waits until it says that it is there. */
    public void awaitHello() {
        try {
            Frame hello = Frame.read(in).expect(Frame.HELLO);
            hello.text();
            hello.end();
        } catch (IOException e) {
            String said = said();
            kill();
            throw new StudioException(
                    ErrorCode.DEPENDENCY_MISSING,
                    "The process that reads documents did not start" + (said.isEmpty() ? "" : ": " + said),
                    "Check that this program may start another Java, or read documents in process",
                    e);
        }
    }

    private String said() {
        try {
            process.waitFor(5, TimeUnit.SECONDS);
            byte[] bytes = Files.readAllBytes(folder.resolve("error.log"));
            String text = new String(bytes, 0, Math.min(bytes.length, 400), java.nio.charset.StandardCharsets.UTF_8);
            return StudioException.quote(text.strip());
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    /** How many files it was given. */
    public int files() {
        return files;
    }

    /** Whether it can be given another file. */
    public boolean isUsable() {
        return !broken && process.isAlive();
    }

    /** Has it read a file. What is wrong with the process, its death above all, is a result with {@code FAILED}. */
    public Extraction read(DocumentSource source, ExtractionLimits limits, DocumentSink sink) {
        files++;
        broken = true;
        long characters = 0;
        try {
            FrameCodec.write(
                    new FrameCodec.Request(source.file().toAbsolutePath().toString(), source.name(), limits), out);
            out.flush();
            for (Frame frame = Frame.read(in); ; frame = Frame.read(in)) {
                switch (frame.type()) {
                    case Frame.METADATA -> sink.begin(FrameCodec.metadata(frame));
                    case Frame.BLOCK -> {
                        Block block = FrameCodec.block(frame);
                        characters += characters(block);
                        if (characters > limits.maxCharacters()) {
                            throw new Frame.ProtocolException("More text than the limit");
                        }
                        sink.accept(block);
                    }
                    case Frame.RESULT -> {
                        Extraction result = FrameCodec.result(frame);
                        broken = false;
                        return result;
                    }
                    default -> throw new Frame.ProtocolException("A frame of type " + frame.type());
                }
            }
        } catch (Frame.ProtocolException e) {
            LOG.warn("The process that reads documents sent what is no answer: {}", e.getMessage());
            return Outcomes.ended(
                    source,
                    ExtractionStatus.FAILED,
                    characters,
                    "made its reader send something that is no answer",
                    "Don't use it unless you trust where it comes from");
        } catch (IOException e) {
            return died(source, characters);
        } finally {
            if (broken) {
                kill();
            }
        }
    }

    private static long characters(Block block) {
        if (block instanceof Block.Text text) {
            return text.text().length();
        }
        return block instanceof Block.TableRow row
                ? row.cells().stream().mapToLong(String::length).sum()
                : 0;
    }

    private Extraction died(DocumentSource source, long characters) {
        int code = exitCode();
        return code == OUT_OF_MEMORY
                ? Outcomes.ended(
                        source,
                        ExtractionStatus.TOO_LARGE,
                        characters,
                        "needs more memory than its reader has",
                        "Split it, or give the reader more memory")
                : Outcomes.ended(
                        source,
                        ExtractionStatus.FAILED,
                        characters,
                        "made its reader break down (exit code " + code + ")",
                        "Save it anew in the program it was made with, or use another format");
    }

    private int exitCode() {
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return process.waitFor();
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    /** Ends it now; whoever waits for it goes on. */
    public void kill() {
        process.destroyForcibly();
    }

    /** Ends it and deletes its folder. */
    public void close() {
        kill();
        try {
            process.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        delete(folder);
    }

    /** Deletes a folder with all that is in it. */
    public static void delete(Path folder) {
        try (Stream<Path> inside = Files.walk(folder)) {
            for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | java.io.UncheckedIOException e) {
            LOG.warn("The temporary folder {} could not be deleted", folder, e);
        }
    }
}
