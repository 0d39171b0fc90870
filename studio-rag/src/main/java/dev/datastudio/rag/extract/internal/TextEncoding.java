package dev.datastudio.rag.extract.internal;

import dev.datastudio.rag.extract.ExtractionWarning;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.mozilla.universalchardet.UniversalDetector;

/** Finds out how a text file is encoded: by its byte order mark, as UTF-8 when all of it fits, else by a guess. */
final class TextEncoding {
    private static final int BUFFER = 1 << 16;
    private static final Charset WESTERN = Charset.forName("windows-1252");

    private TextEncoding() {}

    /** Opens a text file; says so when its encoding was guessed. */
    static Reader open(Reading reading) throws IOException {
        Charset charset = of(reading);
        Reader in = new InputStreamReader(
                Files.newInputStream(reading.file()),
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE));
        return new MarkSkippingReader(in);
    }

    private static Charset of(Reading reading) throws IOException {
        String head;
        try (InputStream in = Files.newInputStream(reading.file())) {
            head = new String(in.readNBytes(8 * 1024), StandardCharsets.ISO_8859_1);
        }
        if (head.startsWith("\u00ef\u00bb\u00bf") || head.isEmpty()) {
            return StandardCharsets.UTF_8;
        } else if (head.startsWith("\u00ff\u00fe")) {
            return StandardCharsets.UTF_16LE;
        } else if (head.startsWith("\u00fe\u00ff")) {
            return StandardCharsets.UTF_16BE;
        } else if (looksWide(head)) {
            return head.charAt(0) == 0 ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
        } else if (isUtf8(reading.file(), reading.writer())) {
            return StandardCharsets.UTF_8;
        }
        Charset guess = guess(reading.file());
        reading.writer()
                .warn(
                        ExtractionWarning.Kind.ENCODING,
                        "The text is not UTF-8; it was read as " + guess.name() + ", which is a guess");
        return guess;
    }

    /** Whether it looks like UTF-16 without a mark: every second byte of the beginning is zero, and no other is. */
    static boolean looksWide(String head) {
        int length = Math.min(head.length(), 512) & ~1;
        int even = 0;
        int odd = 0;
        for (int i = 0; i < length; i += 2) {
            even += head.charAt(i) == 0 ? 1 : 0;
            odd += head.charAt(i + 1) == 0 ? 1 : 0;
        }
        int pairs = length / 2;
        return pairs >= 4 && ((even == 0 && odd * 10 >= pairs * 9) || (odd == 0 && even * 10 >= pairs * 9));
    }

    private static boolean isUtf8(Path file, BlockWriter writer) throws IOException {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer bytes = ByteBuffer.allocate(BUFFER);
        CharBuffer chars = CharBuffer.allocate(BUFFER);
        try (InputStream in = Files.newInputStream(file)) {
            boolean more = true;
            while (more) {
                writer.throwIfHalted();
                int n = in.read(bytes.array(), bytes.position(), bytes.remaining());
                more = n >= 0;
                bytes.position(bytes.position() + Math.max(0, n)).flip();
                chars.clear();
                CoderResult result = decoder.decode(bytes, chars, !more);
                if (result.isError()) {
                    return false;
                }
                bytes.compact();
            }
        }
        return true;
    }

    private static Charset guess(Path file) throws IOException {
        UniversalDetector detector = new UniversalDetector();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            int pieces = 0;
            for (int n = in.read(buffer); n > 0 && !detector.isDone() && pieces < 32; n = in.read(buffer)) {
                detector.handleData(buffer, 0, n);
                pieces++;
            }
        }
        detector.dataEnd();
        String name = detector.getDetectedCharset();
        try {
            return name == null || name.equals("US-ASCII") ? WESTERN : Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return WESTERN; // the detector knows more encodings than the JDK; the caller tells of the guess
        }
    }

    /** Passes over a byte order mark at the beginning. */
    private static final class MarkSkippingReader extends java.io.FilterReader {
        private boolean started;

        MarkSkippingReader(Reader in) {
            super(in);
        }

        @Override
        public int read(char[] target, int offset, int length) throws IOException {
            int n = super.read(target, offset, length);
            if (!started && n > 0) {
                started = true;
                if (target[offset] == '\uFEFF') {
                    System.arraycopy(target, offset + 1, target, offset, n - 1);
                    return n == 1 ? read(target, offset, length) : n - 1;
                }
            }
            return n;
        }
    }
}
