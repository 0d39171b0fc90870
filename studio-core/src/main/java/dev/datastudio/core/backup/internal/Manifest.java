package dev.datastudio.core.backup.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a backup says of itself. It comes from outside and is checked as it is read.
 *
 * @param version the version of the state database's schema
 */
record Manifest(Instant madeAt, int version, List<Item> items, List<String> notes) {
    /** Its name in the ZIP file; the last entry, since only then all hashes are known. */
    static final String NAME = "manifest.json";

    static final String STATE = "state.db";
    static final String KEY = "key";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FORMAT = "studio-backup";
    private static final int FORMAT_VERSION = 1;
    private static final Pattern SEGMENT = Pattern.compile("[^/\\\\\\p{Cntrl}:]{1,255}");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    /** A file: its path with slashes, its length in bytes, its SHA-256 in hexadecimal digits. */
    record Item(String path, long length, String sha256) {}

    long bytes() {
        return items.stream().mapToLong(Item::length).sum();
    }

    String write() {
        ObjectNode json = JSON.createObjectNode()
                .put("format", FORMAT)
                .put("formatVersion", FORMAT_VERSION)
                .put("madeAt", madeAt.toString())
                .put("version", version);
        ArrayNode files = json.putArray("files");
        for (Item item : items) {
            files.addObject()
                    .put("path", item.path())
                    .put("length", item.length())
                    .put("sha256", item.sha256());
        }
        notes.forEach(json.putArray("notes")::add);
        return json.toPrettyString();
    }

    static Manifest read(Path backup, String text) {
        JsonNode json;
        try {
            json = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw invalid(backup, "its manifest is no JSON");
        }
        if (!json.path("format").asText().equals(FORMAT)) {
            throw invalid(backup, "its manifest is of something else");
        }
        if (json.path("formatVersion").asInt() > FORMAT_VERSION) {
            throw new StudioException(
                    ErrorCode.WORKSPACE_TOO_NEW,
                    "The backup " + StudioException.quote(backup) + " was made by a newer Studio",
                    "Restore it with that version or a later one");
        }
        List<String> notes = new ArrayList<>();
        json.path("notes").forEach(note -> notes.add(note.asText()));
        return new Manifest(madeAt(backup, json), json.path("version").asInt(), items(backup, json), notes);
    }

    private static Instant madeAt(Path backup, JsonNode json) {
        try {
            return Instant.parse(json.path("madeAt").asText());
        } catch (DateTimeException e) {
            throw invalid(backup, "its manifest tells no time");
        }
    }

    private static List<Item> items(Path backup, JsonNode json) {
        List<Item> items = new ArrayList<>();
        Set<String> paths = new HashSet<>();
        for (JsonNode file : json.path("files")) {
            Item item = new Item(
                    file.path("path").asText(),
                    file.path("length").asLong(-1),
                    file.path("sha256").asText());
            if (!isAllowed(item.path())
                    || item.length() < 0
                    || !HASH.matcher(item.sha256()).matches()) {
                throw invalid(backup, "it may not hold " + StudioException.quote(item.path()));
            }
            if (!paths.add(item.path())) {
                throw invalid(backup, "it holds " + StudioException.quote(item.path()) + " twice");
            }
            items.add(item);
        }
        if (!paths.contains(STATE)) {
            throw invalid(backup, "it holds no " + STATE);
        }
        return items;
    }

    /** What a workspace consists of, and nothing that leads out of it. */
    private static boolean isAllowed(String path) {
        if (path.equals(STATE) || path.equals(KEY)) {
            return true;
        }
        String[] segments = path.split("/", -1);
        if (segments.length < 2 || !(segments[0].equals("tenants") || segments[0].equals("index"))) {
            return false;
        }
        for (String segment : segments) {
            if (!SEGMENT.matcher(segment).matches() || segment.equals(".") || segment.equals("..")) {
                return false;
            }
        }
        return true;
    }

    static StudioException invalid(Path backup, String why) {
        return new StudioException(
                ErrorCode.BACKUP_INVALID,
                "The file " + StudioException.quote(backup) + " is no whole backup: " + why,
                "Take another backup file");
    }
}
