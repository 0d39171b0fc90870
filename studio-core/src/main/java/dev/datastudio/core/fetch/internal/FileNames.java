package dev.datastudio.core.fetch.internal;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a fetched file is called: as the server says, made safe for every file system and screen. */
public final class FileNames {
    private static final int MAX_LENGTH = 120;
    private static final String NAMELESS = "download";
    /** RFC 6266 with the coding of RFC 8187. */
    private static final Pattern EXTENDED = Pattern.compile("(?i)filename\\*\\s*=\\s*UTF-8'[^']*'([^;\\s]+)");

    private static final Pattern QUOTED = Pattern.compile("(?i)filename\\s*=\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern PLAIN = Pattern.compile("(?i)filename\\s*=\\s*([^;\"\\s]+)");
    private static final Pattern DEVICE = Pattern.compile("(?i)(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?");
    private static final Pattern KNOWN =
            Pattern.compile("(?i).*\\.(csv|tsv|txt|tab|json|jsonl|ndjson|parquet|xlsx|zip)(\\.gz)?");
    private static final Map<String, String> EXTENSIONS = Map.of(
            "text/csv", ".csv",
            "text/tab-separated-values", ".tsv",
            "application/json", ".json",
            "application/x-ndjson", ".jsonl",
            "application/vnd.apache.parquet", ".parquet",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx",
            "application/zip", ".zip");

    private FileNames() {}

    /**
     * The name of a file.
     *
     * @param disposition the header Content-Disposition; empty for none
     * @param uri where the file is
     * @param contentType what it is, which gives a nameless kind of file its extension
     */
    public static String of(String disposition, URI uri, String contentType) {
        String name = safe(disposed(disposition));
        if (name.isEmpty()) {
            String path = uri.getRawPath() == null ? "" : uri.getRawPath();
            name = safe(decode(path.substring(path.lastIndexOf('/') + 1)));
        }
        if (name.isEmpty()) {
            name = NAMELESS;
        }
        return KNOWN.matcher(name).matches() ? name : name + EXTENSIONS.getOrDefault(contentType, "");
    }

    private static String disposed(String disposition) {
        Matcher extended = EXTENDED.matcher(disposition);
        if (extended.find()) {
            return decode(extended.group(1));
        }
        Matcher quoted = QUOTED.matcher(disposition);
        if (quoted.find()) {
            return quoted.group(1).replace("\\\"", "\"");
        }
        Matcher plain = PLAIN.matcher(disposition);
        return plain.find() ? plain.group(1) : "";
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text; // a '%' that begins no code stands for itself
        }
    }

    /** The last part of a path, without what hides or harms; empty when nothing is left. */
    public static String safe(String name) {
        String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        String clean = last.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Co}\\p{Cn}\\p{Cs}\\p{Zl}\\p{Zp}:*?\"<>|]", "")
                .strip()
                .replaceFirst("^\\.+", "")
                .replaceFirst("[. ]+$", "");
        if (DEVICE.matcher(clean.toLowerCase(Locale.ROOT)).matches()) {
            clean = "_" + clean;
        }
        if (clean.length() <= MAX_LENGTH) {
            return clean;
        }
        Matcher known = KNOWN.matcher(clean);
        String end = known.matches() ? clean.substring(known.start(1) - 1) : "";
        return clean.substring(0, MAX_LENGTH - end.length()) + end;
    }
}
