package dev.datastudio.rag.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.datastudio.api.search.Passage;
import dev.datastudio.api.search.PassageKey;
import dev.datastudio.api.search.VersionStatus;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The passages that wait to be published, a file for each version.
 *
 * <p>Thread-safe, also between processes: a file is locked while it grows.
 */
final class StagedVersions {
    private static final String SUFFIX = ".staged";

    private final Path folder;

    StagedVersions(Path folder) {
        this.folder = folder;
    }

    /** Outlives this process when it returns; to have it outlive the machine too costs 15 ms a call, so it doesn't. */
    void append(PassageKey.Version version, List<Passage> passages) throws IOException {
        Files.createDirectories(folder);
        StagedFile.append(file(version), version, passages);
    }

    /** What is staged of a version; empty when nothing is. */
    Optional<StagedFile> find(PassageKey.Version version) throws IOException {
        return StagedFile.open(file(version));
    }

    List<VersionStatus> list() throws IOException {
        List<VersionStatus> all = new ArrayList<>();
        for (Path file : files("*" + SUFFIX)) {
            Optional<StagedFile> staged = StagedFile.open(file);
            if (staged.isPresent()) {
                all.add(new VersionStatus(
                        staged.get().version(), false, staged.get().passageCount()));
            }
        }
        return all;
    }

    void remove(PassageKey.Version version) throws IOException {
        Files.deleteIfExists(file(version));
    }

    /** Takes away every version of some documents. */
    void removeAll(Set<String> documents) throws IOException {
        Set<String> hashes = documents.stream().map(StagedVersions::hash).collect(Collectors.toSet());
        for (Path file : files("*" + SUFFIX)) {
            String name = file.getFileName().toString();
            if (hashes.contains(name.substring(0, name.indexOf('-')))) {
                Files.deleteIfExists(file);
            }
        }
    }

    void removeAll() throws IOException {
        for (Path file : files("*" + SUFFIX)) {
            Files.deleteIfExists(file);
        }
    }

    private List<Path> files(String pattern) throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, pattern)) {
            List<Path> files = new ArrayList<>();
            found.forEach(files::add);
            return files;
        } catch (NoSuchFileException e) {
            return List.of(); // nothing was ever staged
        }
    }

    /** Ids may differ in case only, and be longer together than a name of a file may be. */
    private Path file(PassageKey.Version version) {
        return folder.resolve(hash(version.document()) + "-" + hash(version.version()) + SUFFIX);
    }

    private static String hash(String id) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(id.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
