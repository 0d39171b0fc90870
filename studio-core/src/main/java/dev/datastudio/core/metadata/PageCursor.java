package dev.datastudio.core.metadata;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.metadata.Entry;
import dev.datastudio.api.metadata.EntryQuery;
import dev.datastudio.api.metadata.EntryQuery.Order;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The last entry of a page, from which the next one goes on. As text it names the query that it belongs to, so that it
 * can't be used for another one. It need not be secret: whoever makes one up gets another part of what the query gives
 * anyway.
 *
 * @param millis the time that the query orders by; 0 when it orders by id
 * @param id of the entry
 */
record PageCursor(long millis, String id) {
    private static final Pattern TEXT = Pattern.compile("1:([0-9a-f]{16}):(-?[0-9]{1,18}):([\\x21-\\x7e]{1,200})");
    private static final int MAX_LENGTH = 400;
    private static final int FINGERPRINT_BYTES = 8;

    /** The cursor that goes on after an entry. */
    static String after(EntryQuery query, Entry last) {
        String text = "1:" + fingerprint(query) + ":" + position(query.order(), last) + ":"
                + last.key().id();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(ISO_8859_1));
    }

    /** @throws StudioException with code INVALID_ARGUMENT if the query's cursor is not one of this query */
    static PageCursor of(EntryQuery query) {
        Matcher parts = TEXT.matcher(decode(query.after()));
        if (!parts.matches() || !parts.group(1).equals(fingerprint(query))) {
            throw invalid(query.after());
        }
        return new PageCursor(Long.parseLong(parts.group(2)), parts.group(3));
    }

    private static String decode(String after) {
        if (after.length() > MAX_LENGTH) {
            throw invalid(after);
        }
        try {
            return new String(Base64.getUrlDecoder().decode(after), ISO_8859_1);
        } catch (IllegalArgumentException e) {
            throw invalid(after);
        }
    }

    private static long position(Order order, Entry entry) {
        return switch (order) {
            case NEWEST_FIRST, OLDEST_FIRST -> entry.createdAt().toEpochMilli();
            case CHANGED_LAST_FIRST -> entry.changedAt().toEpochMilli();
            case BY_ID -> 0;
        };
    }

    /** Of all that decides which entries there are and how they are ordered; not of the limit. */
    private static String fingerprint(EntryQuery query) {
        MessageDigest digest = sha256();
        add(digest, query.tenant());
        add(digest, query.kind());
        add(digest, query.order().name());
        add(digest, query.createdFrom().toString());
        add(digest, query.createdBefore().toString());
        new TreeMap<>(query.where()).forEach((name, value) -> {
            add(digest, name);
            add(digest, value);
        });
        return HexFormat.of().formatHex(digest.digest(), 0, FINGERPRINT_BYTES);
    }

    private static void add(MessageDigest digest, String part) {
        byte[] bytes = part.getBytes(UTF_8);
        digest.update((bytes.length + ":").getBytes(ISO_8859_1));
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static StudioException invalid(String after) {
        return new StudioException(
                ErrorCode.INVALID_ARGUMENT,
                "The page position " + StudioException.quote(after) + " does not belong to this list",
                "Take the one that the page before gave, with the same filter and order, or begin with the first page");
    }
}
