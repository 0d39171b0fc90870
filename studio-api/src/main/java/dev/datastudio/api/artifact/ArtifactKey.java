package dev.datastudio.api.artifact;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of an artifact, or of a folder of artifacts: {@code TENANT/USER/uploads/UPLOAD/dist_plots/sales.png}.
 * Immutable.
 *
 * <p>A key can be a relative path on every file system and an object name in every object store: segments parted by
 * slashes, each of letters, digits, '.', '_' and '-', beginning with a letter, digit or '_', not ending with '.', and no
 * device name of Windows such as {@code CON} or {@code nul.txt}. So it is never absolute, never leads upwards and has
 * no empty segment.
 *
 * @param value the whole name, 1 to {@value #MAX_LENGTH} characters, without a slash at either end
 */
public record ArtifactKey(String value) implements Comparable<ArtifactKey> {
    /** Two ids of 64 characters, the folders beneath them and a file name fit. */
    public static final int MAX_LENGTH = 240;

    private static final Pattern SEGMENTS = Pattern.compile(
            "[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?(?:/[A-Za-z0-9_](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?)*");
    private static final Pattern DEVICE =
            Pattern.compile("(?:^|.*/)(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:[./].*)?", Pattern.CASE_INSENSITIVE);
    private static final String UNKNOWN_MEDIA_TYPE = "application/octet-stream";
    private static final Map<String, String> MEDIA_TYPES = Map.ofEntries(
            Map.entry("csv", "text/csv"),
            Map.entry("tsv", "text/tab-separated-values"),
            Map.entry("txt", "text/plain"),
            Map.entry("md", "text/markdown"),
            Map.entry("json", "application/json"),
            Map.entry("jsonl", "application/x-ndjson"),
            Map.entry("png", "image/png"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("pdf", "application/pdf"),
            Map.entry("html", "text/html"),
            Map.entry("parquet", "application/vnd.apache.parquet"),
            Map.entry("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            Map.entry("zip", "application/zip"));

    /** @throws StudioException with code {@link ErrorCode#ARTIFACT_KEY_INVALID} if the name breaks the rule */
    public ArtifactKey {
        if (value.length() > MAX_LENGTH) {
            throw invalid(value, "is longer than " + MAX_LENGTH + " characters");
        }
        if (!SEGMENTS.matcher(value).matches()) {
            throw invalid(value, "has a part that is empty or holds other characters");
        }
        if (DEVICE.matcher(value).matches()) {
            throw invalid(value, "has a part that is the name of a device on some systems");
        }
    }

    /** The folder of everything that one user owns: {@code TENANT/USER}. */
    public static ArtifactKey of(Caller owner) {
        return new ArtifactKey(owner.tenant() + "/" + owner.user());
    }

    /**
     * The key beneath this one.
     *
     * @param relative one or more segments, such as {@code "results/summary_stats.json"}
     * @throws StudioException with code {@link ErrorCode#ARTIFACT_KEY_INVALID} if the whole breaks the rule
     */
    public ArtifactKey resolve(String relative) {
        return new ArtifactKey(value + "/" + relative);
    }

    /** The folder that this key lies in; empty for a key of one segment. */
    public Optional<ArtifactKey> parent() {
        int slash = value.lastIndexOf('/');
        return slash < 0 ? Optional.empty() : Optional.of(new ArtifactKey(value.substring(0, slash)));
    }

    /** The last segment. */
    public String fileName() {
        return value.substring(value.lastIndexOf('/') + 1);
    }

    /** Whether this key is the folder itself or lies beneath it, by whole segments: "a/bc" is not within "a/b". */
    public boolean isWithin(ArtifactKey folder) {
        return value.startsWith(folder.value)
                && (value.length() == folder.value.length() || value.charAt(folder.value.length()) == '/');
    }

    /** Whether it lies in the folder of this user: {@code TENANT/USER/…}. */
    public boolean isOwnedBy(Caller caller) {
        return isWithin(of(caller));
    }

    /** What the content is, by the ending of the name; {@code application/octet-stream} when that says nothing. */
    public String mediaType() {
        String name = fileName();
        String ending = name.substring(name.lastIndexOf('.') + 1);
        return MEDIA_TYPES.getOrDefault(ending, UNKNOWN_MEDIA_TYPE);
    }

    @Override
    public int compareTo(ArtifactKey other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    private static StudioException invalid(String value, String why) {
        return new StudioException(
                ErrorCode.ARTIFACT_KEY_INVALID,
                "The artifact name " + StudioException.quote(value) + " " + why,
                "Use parts of letters, digits, '.', '_' and '-' with '/' between them, at most " + MAX_LENGTH
                        + " characters in all");
    }
}
