package dev.datastudio.core.code.internal;

import dev.datastudio.api.code.CodeRequest;
import dev.datastudio.api.code.CodeResult;
import dev.datastudio.api.code.CodeResult.Ending;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.core.workspace.internal.StorageErrors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Does one run after the other, each in a jail and with a folder of its own. Thread-safe. */
public final class JailRunner {
    private final Jail jail;
    private final byte[] filter;
    private final Path temporary;

    JailRunner(Jail jail, byte[] filter, Path temporary) {
        this.jail = jail;
        this.filter = filter.clone();
        this.temporary = temporary;
    }

    /** As {@link dev.datastudio.api.code.CodeRunner#run}. */
    public CodeResult run(CodeRequest request, Cancellation cancellation) {
        cancellation.throwIfCancelled();
        Map<String, Long> sizes = sizes(request);
        requireEmpty(request.outputs());
        try {
            Path folder = Files.createTempDirectory(temporary, "studio-code-");
            try {
                return run(request, sizes, folder, cancellation);
            } finally {
                delete(folder);
            }
        } catch (IOException e) {
            throw StorageErrors.writing("The code could not be run", temporary, e);
        }
    }

    private CodeResult run(CodeRequest request, Map<String, Long> sizes, Path folder, Cancellation cancellation)
            throws IOException {
        byte[] code = request.code().getBytes(StandardCharsets.UTF_8);
        Path job = folder.resolve("job");
        Path left = folder.resolve("left");
        Path calls = folder.resolve("calls");
        JobFile.write(request, code, sizes, job);
        Files.write(calls, filter);
        long inputBytes = sizes.values().stream().mapToLong(Long::longValue).sum();
        List<String> command = jail.command(request.limits(), inputBytes, code.length, left, calls);
        JailProcess.Ended ended = JailProcess.run(command, job, request.limits(), cancellation);
        cancellation.throwIfCancelled();
        boolean whole = ended.ending() == Ending.EXITED || ended.ending() == Ending.CPU_TIME;
        JobFile.Left files = whole && Files.exists(left)
                ? JobFile.read(left, request.outputs(), request.limits().maxFileBytes())
                : new JobFile.Left(List.of(), true);
        return new CodeResult(
                ended.ending(),
                ended.exitCode(),
                ended.standardOutput(),
                ended.errorOutput(),
                files.files(),
                files.isTruncated(),
                Duration.ofNanos(ended.nanos()));
    }

    private static Map<String, Long> sizes(CodeRequest request) {
        Map<String, Long> sizes = new HashMap<>();
        long sum = 0;
        for (Map.Entry<String, Path> input : request.inputs().entrySet()) {
            if (!Files.isRegularFile(input.getValue())) {
                throw new StudioException(
                        ErrorCode.FILE_NOT_FOUND,
                        "The input " + StudioException.quote(input.getKey()) + " is no file: "
                                + StudioException.quote(input.getValue()),
                        "Give the path of a file");
            }
            long size = size(input.getValue());
            sizes.put(input.getKey(), size);
            sum += size;
        }
        long max = request.limits().maxFileBytes();
        if (sum > max) {
            throw new StudioException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "The inputs of the code have " + sum + " bytes; the limit is " + max,
                    "Give less data, or raise maxFileBytes of the limits");
        }
        return sizes;
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw StorageErrors.failed("The input " + StudioException.quote(file) + " could not be read", e);
        }
    }

    private static void requireEmpty(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            if (files.findAny().isPresent()) {
                throw new StudioException(
                        ErrorCode.INVALID_ARGUMENT,
                        "The folder for the outputs of code is not empty: " + StudioException.quote(folder),
                        "Give an empty folder, or one that is not there");
            }
        } catch (NoSuchFileException e) {
            return; // made when there is a file to put into it
        } catch (IOException e) {
            throw StorageErrors.failed(
                    "The folder for the outputs of code can't be used: " + StudioException.quote(folder), e);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
