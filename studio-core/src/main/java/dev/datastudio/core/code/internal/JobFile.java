package dev.datastudio.core.code.internal;

import dev.datastudio.api.code.CodeFile;
import dev.datastudio.api.code.CodeRequest;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The two files between this program and {@code start.py}: the job, and what was left. The second is hostile from its
 * first byte, as the code may have written it instead of {@code start.py}.
 */
final class JobFile {
    private static final int MAX_NAME_BYTES = 4096;
    private static final int MAX_FILES = 1000;

    private JobFile() {}

    /** Files that were left. */
    record Left(List<CodeFile> files, boolean isTruncated) {}

    static void write(CodeRequest request, byte[] code, Map<String, Long> sizes, Path job) throws IOException {
        try (OutputStream file = Files.newOutputStream(job, StandardOpenOption.CREATE_NEW);
                DataOutputStream out = new DataOutputStream(new BufferedOutputStream(file, 1 << 16))) {
            out.writeLong(request.limits().maxFileBytes());
            out.writeInt(code.length);
            out.write(code);
            out.writeInt(request.inputs().size());
            for (Map.Entry<String, Path> input : request.inputs().entrySet()) {
                byte[] name = input.getKey().getBytes(StandardCharsets.UTF_8);
                out.writeInt(name.length);
                out.write(name);
                long size = sizes.getOrDefault(input.getKey(), 0L);
                out.writeLong(size);
                try (InputStream in = Files.newInputStream(input.getValue())) {
                    copy(in, out, size);
                }
            }
        }
    }

    private static void copy(InputStream in, OutputStream out, long size) throws IOException {
        byte[] buffer = new byte[1 << 16];
        for (long left = size; left > 0; ) {
            int count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (count < 0) {
                throw new IOException("The file was cut while it was read, " + left + " bytes are missing");
            }
            out.write(buffer, 0, count);
            left -= count;
        }
    }

    /** Takes what was left into a folder; what is no proper entry ends it, and counts as truncated. */
    static Left read(Path left, Path folder, long maxBytes) throws IOException {
        List<CodeFile> files = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(left), 1 << 16))) {
            long room = maxBytes;
            boolean skipped = false;
            long remaining = Files.size(left);
            while (remaining >= 2 && in.readByte() == 1) {
                int nameLength = remaining < 13 ? -1 : in.readInt();
                if (nameLength < 1 || nameLength > MAX_NAME_BYTES || remaining < 13L + nameLength) {
                    return new Left(files, true);
                }
                byte[] name = in.readNBytes(nameLength);
                long size = in.readLong();
                remaining -= 13L + nameLength;
                if (size < 0 || size > room || size > remaining || files.size() == MAX_FILES) {
                    return new Left(files, true);
                }
                remaining -= size;
                room -= size;
                skipped |= !take(in, name, size, folder, files);
            }
            boolean ended = remaining == 2;
            return new Left(files, skipped || !ended || in.readByte() != 0);
        }
    }

    private static boolean take(DataInputStream in, byte[] bytes, long size, Path folder, List<CodeFile> files)
            throws IOException {
        String name = name(bytes);
        if (name.isEmpty()) {
            in.skipNBytes(size);
            return false;
        }
        Path file = folder.resolve(name);
        try {
            Files.createDirectories(file.getParent());
        } catch (FileAlreadyExistsException e) {
            in.skipNBytes(size);
            return false;
        }
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
            copy(in, out, size);
        } catch (FileAlreadyExistsException e) {
            in.skipNBytes(size);
            return false;
        }
        files.add(new CodeFile(name, file, size));
        return true;
    }

    /** A relative path that stays below its folder on every system; empty for any other. */
    private static String name(byte[] bytes) {
        String name;
        try {
            name = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return "";
        }
        for (String part : name.split("/", -1)) {
            boolean plain = !part.isBlank() && !part.startsWith(".") && part.length() <= 128;
            if (!plain || part.chars().anyMatch(c -> c < ' ' || c == 127 || "\\:*?\"<>|".indexOf(c) >= 0)) {
                return "";
            }
        }
        return name;
    }
}
