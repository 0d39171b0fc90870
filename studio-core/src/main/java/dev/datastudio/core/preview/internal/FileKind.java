package dev.datastudio.core.preview.internal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What a file is, told by its first bytes. */
public enum FileKind {
    PNG("image/png", "\u0089PNG\r\n\u001a\n"),
    JPEG("image/jpeg", "\u00ff\u00d8\u00ff"),
    GIF("image/gif", "GIF8"),
    WEBP("image/webp", "RIFF"),
    PDF("application/pdf", "%PDF-"),
    JSON("application/json", ""),
    TEXT("text/plain", ""),
    BINARY("application/octet-stream", "");

    private static final int WEBP_AT = 8;
    private static final int LONGEST_CHARACTER = 4;

    private final String mimeType;
    private final String magic; // each character is a byte

    FileKind(String mimeType, String magic) {
        this.mimeType = mimeType;
        this.magic = magic;
    }

    public String mimeType() {
        return mimeType;
    }

    /**
     * The kind of a file.
     *
     * @param start the first bytes, perhaps cut within a character
     */
    public static FileKind of(String name, byte[] start) {
        for (FileKind kind : values()) {
            if (!kind.magic.isEmpty() && kind.begins(start)) {
                return kind;
            }
        }
        if (!isText(start)) {
            return BINARY;
        }
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".json") || lower.endsWith(".geojson") ? JSON : TEXT;
    }

    private boolean begins(byte[] start) {
        int length = Math.min(start.length, magic.length());
        return new String(start, 0, length, StandardCharsets.ISO_8859_1).equals(magic)
                && (this != WEBP || isWebp(start));
    }

    private static boolean isWebp(byte[] start) {
        return start.length >= WEBP_AT + 4 && new String(start, WEBP_AT, 4, StandardCharsets.ISO_8859_1).equals("WEBP");
    }

    private static boolean isText(byte[] start) {
        for (byte each : start) {
            if (each == 0) {
                return false;
            }
        }
        for (int cut = 0; cut < LONGEST_CHARACTER && cut <= start.length; cut++) {
            if (isUtf8(start, start.length - cut)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isUtf8(byte[] bytes, int length) {
        try {
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes, 0, length));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
