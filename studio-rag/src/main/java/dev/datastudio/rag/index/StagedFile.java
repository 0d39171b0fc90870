package dev.datastudio.rag.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.datastudio.api.search.Passage;
import dev.datastudio.api.search.PassageKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.apache.lucene.index.CorruptIndexException;

/**
 * The staged passages of one version: a header with its name, then a frame for each call, of the length and the check
 * sum of its bytes and the passages. A frame whose end or check sum is missing at the end of the file is of a call that
 * never returned, and is overwritten by the next one.
 *
 * @param file where
 * @param version whose
 * @param frames where whole frames begin, and how long they are with their heads
 */
record StagedFile(Path file, PassageKey.Version version, List<Frame> frames) {
    private static final int MAGIC = 0x53545347;
    private static final int HEADER = Integer.BYTES * 3;
    private static final int FRAME_HEAD = Integer.BYTES * 2;
    private static final int LONGEST_ID = 128;

    /** Locks of files are of a whole process, so its threads take turns by these. */
    private static final Object[] TURNS =
            IntStream.range(0, 64).mapToObj(i -> new Object()).toArray();

    /** A part of the file. */
    record Frame(long at, int length) {}

    /** What is done with each passage. */
    interface Sink {
        void accept(Passage passage) throws IOException;
    }

    private interface PartSink {
        void accept(byte[] bytes, int at, int length) throws IOException;
    }

    static void append(Path file, PassageKey.Version version, List<Passage> passages) throws IOException {
        ByteBuffer frame = frame(passages);
        synchronized (TURNS[Math.floorMod(file.hashCode(), TURNS.length)]) {
            try (FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                channel.lock(); // until the channel is closed
                Optional<StagedFile> before = read(file, channel);
                ByteBuffer[] parts =
                        before.isPresent() ? new ByteBuffer[] {frame} : new ByteBuffer[] {header(version), frame};
                long end = before.map(StagedFile::end).orElse(0L);
                channel.truncate(end);
                channel.position(end);
                for (ByteBuffer part : parts) {
                    while (part.hasRemaining()) {
                        channel.write(part);
                    }
                }
            }
        }
    }

    /** Empty when there is no such file, or the call that began it never returned. */
    static Optional<StagedFile> open(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return read(file, channel);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private static Optional<StagedFile> read(Path file, FileChannel channel) throws IOException {
        long size = channel.size();
        if (size < HEADER) {
            return Optional.empty();
        }
        ByteBuffer head = bytes(channel, 0, HEADER);
        int magic = head.getInt();
        int document = head.getInt();
        int version = head.getInt();
        if (magic != MAGIC || document < 1 || document > LONGEST_ID || version < 1 || version > LONGEST_ID) {
            throw damaged(file, "its header");
        }
        if (size < HEADER + document + version) {
            return Optional.empty();
        }
        byte[] names = bytes(channel, HEADER, document + version).array();
        PassageKey.Version named = new PassageKey.Version(
                new String(names, 0, document, UTF_8), new String(names, document, version, UTF_8));
        List<Frame> frames = frames(channel, HEADER + document + version);
        return frames.isEmpty() ? Optional.empty() : Optional.of(new StagedFile(file, named, frames));
    }

    private static List<Frame> frames(FileChannel channel, long from) throws IOException {
        List<Frame> frames = new ArrayList<>();
        long at = from;
        while (at + FRAME_HEAD <= channel.size()) {
            int length = bytes(channel, at, Integer.BYTES).getInt();
            if (length <= 0 || at + FRAME_HEAD + length > channel.size()) {
                break;
            }
            frames.add(new Frame(at, FRAME_HEAD + length));
            at += FRAME_HEAD + length;
        }
        int last = frames.size() - 1;
        if (last >= 0
                && !isWhole(
                        bytes(channel, frames.get(last).at(), frames.get(last).length()))) {
            frames.remove(last);
        }
        return frames;
    }

    private long end() {
        Frame last = frames.get(frames.size() - 1);
        return last.at() + last.length();
    }

    /** How many bytes its passages take. */
    long size() {
        return end();
    }

    /** How many passages there are, each ordinal counted once. */
    long passageCount() throws IOException {
        return lastFrames().size();
    }

    /** Each passage once; of those with one ordinal, the last one. */
    void forEach(Sink sink) throws IOException {
        Map<Integer, Integer> last = frames.size() == 1 ? Map.of() : lastFrames();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (int i = 0; i < frames.size(); i++) {
                Map<Integer, Passage> kept = new HashMap<>();
                for (Passage passage : passages(channel, frames.get(i))) {
                    int ordinal = passage.key().ordinal();
                    if (last.getOrDefault(ordinal, i) == i) {
                        kept.put(ordinal, passage);
                    }
                }
                List<Integer> ordinals = kept.keySet().stream().sorted().toList();
                for (int ordinal : ordinals) {
                    sink.accept(Objects.requireNonNull(kept.get(ordinal)));
                }
            }
        }
    }

    private Map<Integer, Integer> lastFrames() throws IOException {
        Map<Integer, Integer> last = new HashMap<>();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (int i = 0; i < frames.size(); i++) {
                int frame = i;
                forEachPart(
                        frames.get(i),
                        channel,
                        (bytes, at, length) -> last.put(PassageBytes.ordinal(bytes, at), frame));
            }
        }
        return last;
    }

    private List<Passage> passages(FileChannel channel, Frame frame) throws IOException {
        List<Passage> passages = new ArrayList<>();
        forEachPart(frame, channel, (bytes, at, length) -> passages.add(PassageBytes.read(bytes, at, length)));
        return passages;
    }

    @SuppressWarnings("ByteBufferBackingArray") // bytes() allocates it, so it begins at 0
    private void forEachPart(Frame frame, FileChannel channel, PartSink sink) throws IOException {
        ByteBuffer bytes = bytes(channel, frame.at(), frame.length());
        if (!isWhole(bytes)) {
            throw damaged(file, "its passages");
        }
        bytes.position(FRAME_HEAD);
        while (bytes.hasRemaining()) {
            int length = bytes.getInt();
            sink.accept(bytes.array(), bytes.position(), length);
            bytes.position(bytes.position() + length);
        }
    }

    private static ByteBuffer header(PassageKey.Version version) {
        byte[] document = version.document().getBytes(UTF_8);
        byte[] name = version.version().getBytes(UTF_8);
        return ByteBuffer.allocate(HEADER + document.length + name.length)
                .putInt(MAGIC)
                .putInt(document.length)
                .putInt(name.length)
                .put(document)
                .put(name)
                .flip();
    }

    private static ByteBuffer frame(List<Passage> passages) {
        List<byte[]> parts = new ArrayList<>();
        int length = 0;
        for (Passage passage : passages) {
            byte[] part = PassageBytes.write(passage, PassageBytes.Vector.KEPT);
            parts.add(part);
            length = Math.addExact(length, Integer.BYTES + part.length);
        }
        ByteBuffer frame = ByteBuffer.allocate(Math.addExact(FRAME_HEAD, length));
        frame.putInt(length).putInt(0);
        parts.forEach(part -> frame.putInt(part.length).put(part));
        frame.putInt(Integer.BYTES, checkSum(frame));
        return frame.flip();
    }

    private static boolean isWhole(ByteBuffer frame) {
        return frame.getInt(Integer.BYTES) == checkSum(frame);
    }

    @SuppressWarnings("ByteBufferBackingArray") // bytes() allocates it, so it begins at 0
    private static int checkSum(ByteBuffer frame) {
        CRC32C sum = new CRC32C();
        sum.update(frame.array(), FRAME_HEAD, frame.capacity() - FRAME_HEAD);
        return (int) sum.getValue();
    }

    private static ByteBuffer bytes(FileChannel channel, long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, at + bytes.position()) < 0) {
                throw new java.io.EOFException("a staged version ended early");
            }
        }
        return bytes.flip();
    }

    private static IOException damaged(Path file, String part) {
        return new CorruptIndexException("a staged version can't be read: " + part, file.toString());
    }
}
