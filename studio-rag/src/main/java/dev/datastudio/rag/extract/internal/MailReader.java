package dev.datastudio.rag.extract.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.stream.BodyDescriptor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.html.JSoupParser;
import org.xml.sax.SAXException;

/** Reads a mail (RFC 5322, MIME): its header, its text, and what is attached. Not thread-safe; use one per mail. */
final class MailReader implements FormatReader {
    private static final int MAX_DEPTH = 30;
    private static final int MAX_HTML = 16 << 20;
    private static final Pattern FILE_NAME =
            Pattern.compile("(?i)\\b(?:file)?name\\*?\\s*=\\s*(?:\"([^\"]*)\"|([^;\\s]+))");

    /** A multipart that is open. */
    private static final class Multipart {
        private final boolean alternative;
        private boolean hasText;

        Multipart(boolean alternative) {
            this.alternative = alternative;
        }
    }

    private final Map<String, String> header = new LinkedHashMap<>();
    private final Deque<Multipart> multiparts = new ArrayDeque<>();
    private String disposition = "";
    private String contentType = "";
    private boolean headerWritten;

    @Override
    public void read(Reading reading) throws IOException, MimeException, SAXException {
        MimeConfig config = new MimeConfig.Builder()
                .setMaxLineLen(-1)
                .setMaxHeaderLen(100_000)
                .setMaxHeaderCount(2_000)
                .build();
        MimeTokenStream stream = new MimeTokenStream(config);
        stream.setRecursionMode(RecursionMode.M_NO_RECURSE);
        try (InputStream in = Files.newInputStream(reading.file())) {
            stream.parse(in);
            EntityState state = stream.getState();
            while (state != EntityState.T_END_OF_STREAM) {
                reading.writer().throwIfHalted();
                event(state, stream, reading);
                state = stream.next();
            }
        }
        writeHeader(reading);
    }

    private void event(EntityState state, MimeTokenStream stream, Reading reading) throws IOException, SAXException {
        switch (state) {
            case T_START_HEADER -> {
                disposition = "";
                contentType = "";
            }
            case T_FIELD -> field(stream.getField());
            case T_START_MULTIPART -> {
                writeHeader(reading);
                if (multiparts.size() >= MAX_DEPTH) {
                    throw new ExtractionStop(
                            dev.datastudio.rag.extract.ExtractionStatus.MALFORMED,
                            "is a mail whose parts are nested more than " + MAX_DEPTH + " deep",
                            "Don't use it: no mail program writes such a file");
                }
                String type = stream.getBodyDescriptor().getMimeType();
                multiparts.push(new Multipart("multipart/alternative".equalsIgnoreCase(type)));
            }
            case T_END_MULTIPART -> multiparts.poll();
            case T_BODY -> {
                writeHeader(reading);
                body(stream, reading);
            }
            default -> {}
        }
    }

    private void field(Field field) {
        String name = field.getName().toLowerCase(Locale.ROOT);
        String body = field.getBody() == null ? "" : field.getBody().strip();
        switch (name) {
            case "content-disposition" -> disposition = body;
            case "content-type" -> contentType = body;
            case "subject", "from", "to", "cc", "date" -> {
                if (multiparts.isEmpty() && !headerWritten) {
                    header.putIfAbsent(name, decoded(body));
                }
            }
            default -> {}
        }
    }

    private static String decoded(String text) {
        return DecoderUtil.decodeEncodedWords(text, DecodeMonitor.SILENT, StandardCharsets.UTF_8)
                .replaceAll("\\s+", " ");
    }

    private void writeHeader(Reading reading) {
        if (headerWritten) {
            return;
        }
        headerWritten = true;
        String subject = header.getOrDefault("subject", "");
        if (reading.depth() == 0) {
            reading.facts().title(subject);
            reading.facts().author(header.get("from"));
        }
        reading.writer().heading(1, subject);
        StringBuilder lines = new StringBuilder();
        for (String name : new String[] {"from", "to", "cc", "date"}) {
            String value = header.get(name);
            if (value != null && !value.isBlank()) {
                lines.append(lines.isEmpty() ? "" : "\n")
                        .append(name.substring(0, 1).toUpperCase(Locale.ROOT))
                        .append(name.substring(1))
                        .append(": ")
                        .append(value);
            }
        }
        reading.writer().paragraph(lines.toString());
    }

    private void body(MimeTokenStream stream, Reading reading) throws IOException, SAXException {
        BodyDescriptor descriptor = stream.getBodyDescriptor();
        String type = String.valueOf(descriptor.getMimeType()).toLowerCase(Locale.ROOT);
        boolean attached = disposition.toLowerCase(Locale.ROOT).startsWith("attachment");
        boolean text = type.equals("text/plain") || type.equals("text/html");
        if (!attached && text && fileName().isEmpty()) {
            text(stream, type, descriptor.getCharset(), reading);
        } else if (!type.startsWith("image/") && !type.startsWith("audio/") && !type.startsWith("video/")) {
            String name =
                    fileName().isEmpty() ? (type.equals("message/rfc822") ? "message.eml" : "attachment") : fileName();
            new EmbeddedDocuments(reading).read(stream.getDecodedInputStream(), name);
        }
    }

    private String fileName() {
        for (String field : new String[] {disposition, contentType}) {
            Matcher name = FILE_NAME.matcher(field);
            if (name.find()) {
                return decoded(name.group(1) == null ? name.group(2) : name.group(1));
            }
        }
        return "";
    }

    /** Of the same text in several forms, the first is read: that is the plain one. */
    private void text(MimeTokenStream stream, String type, String charset, Reading reading)
            throws IOException, SAXException {
        for (Multipart multipart : multiparts) {
            if (multipart.alternative && multipart.hasText) {
                return;
            }
        }
        long before = reading.writer().characters();
        try (Reader in = new InputStreamReader(stream.getDecodedInputStream(), charset(charset))) {
            if (type.equals("text/html")) {
                html(in, reading.writer());
            } else {
                PlainTextReader.read(in, reading.writer());
            }
        }
        if (reading.writer().characters() > before) {
            multiparts.forEach(multipart -> multipart.hasText = true);
        }
    }

    private static void html(Reader in, BlockWriter writer) throws IOException, SAXException {
        StringBuilder page = new StringBuilder();
        char[] buffer = new char[1 << 14];
        for (int n = in.read(buffer); n >= 0 && page.length() < MAX_HTML; n = in.read(buffer)) {
            writer.throwIfHalted();
            page.append(buffer, 0, n);
        }
        new JSoupParser()
                .parseString(
                        page.toString(), new XhtmlBlocks(writer, FileKind.HTML), new Metadata(), new ParseContext());
    }

    private static Charset charset(String name) {
        try {
            return name == null || name.equalsIgnoreCase("us-ascii") ? StandardCharsets.UTF_8 : Charset.forName(name);
        } catch (IllegalArgumentException e) {
            return StandardCharsets.UTF_8; // a name that is none; most mails are in UTF-8
        }
    }
}
