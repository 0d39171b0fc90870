package dev.datastudio.core.fetch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.core.fetch.internal.Archive;
import dev.datastudio.core.workspace.internal.StorageErrors;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The data sets of kaggle.com, by its public API. Many can be downloaded without a login; the others need the name and
 * key that Kaggle gives under Settings, API. These go to the API only, never to the storage it redirects to.
 * Thread-safe.
 */
public final class Kaggle {
    /** Where the API is. */
    public static final URI API = URI.create("https://www.kaggle.com/api/v1/");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long MAX_LIST_BYTES = 16L << 20;
    private static final int MAX_PAGES = 50;

    private final Fetch fetch;
    private final URI api;
    private final String user;
    private final Secret key;

    private Kaggle(Fetch fetch, URI api, String user, Secret key) {
        this.fetch = Objects.requireNonNull(fetch, "fetch");
        this.api = Objects.requireNonNull(api, "api");
        this.user = Objects.requireNonNull(user, "user");
        this.key = Objects.requireNonNull(key, "key");
    }

    /** A file of a data set and its size in bytes; -1 when it is not known. */
    public record KaggleFile(String name, long bytes) {}

    /** Without a login. */
    public static Kaggle anonymous() {
        return new Kaggle(Fetch.DEFAULT, API, "", Secret.of(""));
    }

    /** With a login. */
    public static Kaggle as(String user, Secret key) {
        return new Kaggle(Fetch.DEFAULT, API, user, key);
    }

    /** With the login of the variables KAGGLE_USERNAME and KAGGLE_KEY, without one when they are not both there. */
    public static Kaggle fromEnvironment(Map<String, String> environment) {
        String user = environment.getOrDefault("KAGGLE_USERNAME", "");
        String key = environment.getOrDefault("KAGGLE_KEY", "");
        return user.isEmpty() || key.isEmpty() ? anonymous() : as(user, Secret.of(key));
    }

    /** The same over another way of fetching and another address, which ends with a slash. */
    public Kaggle at(Fetch fetch, URI api) {
        return new Kaggle(fetch, api, user, key);
    }

    /**
     * The files of a data set, in the order of Kaggle.
     *
     * @param folder for the answers while they are read
     * @throws StudioException as {@link #download}
     */
    public List<KaggleFile> files(KaggleRef ref, Path folder, FetchOptions options) {
        List<KaggleFile> files = new ArrayList<>();
        String token = "";
        for (int page = 0; page == 0 || (!token.isEmpty() && page < MAX_PAGES); page++) {
            String query = token.isEmpty() ? "" : "?pageToken=" + URLEncoder.encode(token, StandardCharsets.UTF_8);
            URI uri = api.resolve("datasets/list/" + ref.owner() + "/" + ref.name() + query);
            JsonNode answer = read(get(ref, uri, folder, options.withMaxBytes(MAX_LIST_BYTES)));
            for (JsonNode file : answer.path("datasetFiles")) {
                files.add(new KaggleFile(
                        file.path("name").asText(), file.path("totalBytes").asLong(-1)));
            }
            token = answer.path("nextPageToken").asText("");
        }
        return List.copyOf(files);
    }

    private static JsonNode read(FetchedFile answer) {
        try {
            JsonNode node = JSON.readTree(answer.path().toFile());
            if (node == null || !node.isObject()) {
                throw unreadable(null);
            }
            return node;
        } catch (JsonProcessingException e) {
            throw unreadable(e);
        } catch (IOException e) {
            throw StorageErrors.failed("The answer of Kaggle could not be read", e);
        } finally {
            delete(answer.path());
        }
    }

    private static StudioException unreadable(@org.jspecify.annotations.Nullable Throwable cause) {
        return new StudioException(
                ErrorCode.URL_UNREACHABLE, "Kaggle's answer is no list of files", "Try again later", cause);
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw StorageErrors.failed("The file " + StudioException.quote(file) + " stays", e);
        }
    }

    /**
     * Downloads a file, or all files of a data set that data can be imported from, unpacked.
     *
     * @param folder where they are put, under names of their own
     * @throws StudioException SOURCE_NOT_FOUND when Kaggle has no such data set, SOURCE_INVALID when it wants a login or
     *     does not take this one, PATH_REFUSED when an archive names a file outside of it, and as {@link Fetch#download}
     */
    public List<FetchedFile> download(KaggleRef ref, Path folder, FetchOptions options) {
        String file = ref.file().isEmpty() ? "" : "/" + encoded(ref.file());
        URI uri = api.resolve("datasets/download/" + ref.owner() + "/" + ref.name() + file);
        FetchedFile fetched = get(ref, uri, folder, options);
        if (!Archive.isZip(fetched.path()) || fetched.name().endsWith(".xlsx")) {
            String name = ref.file().isEmpty() ? fetched.name() : last(ref.file());
            return List.of(new FetchedFile(fetched.path(), name, fetched.contentType(), fetched.bytes()));
        }
        try {
            return Archive.unpack(fetched.path(), folder, options);
        } finally {
            delete(fetched.path());
        }
    }

    private static String last(String file) {
        return dev.datastudio.core.fetch.internal.FileNames.safe(file);
    }

    private static String encoded(String file) {
        return URLEncoder.encode(file, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private FetchedFile get(KaggleRef ref, URI uri, Path folder, FetchOptions options) {
        try {
            return key.isEmpty()
                    ? fetch.download(uri, folder, options)
                    : fetch.download(uri, user, key, folder, options);
        } catch (HttpStatusException e) {
            if (e.status() == 404) {
                throw new StudioException(
                        ErrorCode.SOURCE_NOT_FOUND,
                        "Kaggle has no data set " + StudioException.quote(ref),
                        "Copy OWNER/NAME from the address of its page",
                        e);
            } else if (e.status() == 401 || e.status() == 403) {
                throw new StudioException(
                        ErrorCode.SOURCE_INVALID,
                        "Kaggle does not give " + StudioException.quote(ref)
                                + (key.isEmpty() ? " without a login" : " to this login"),
                        key.isEmpty()
                                ? "Set KAGGLE_USERNAME and KAGGLE_KEY; make the key on kaggle.com under Settings, API"
                                : "Check the name and the key, and accept the rules of the data set on its page",
                        e);
            }
            throw e;
        }
    }
}
