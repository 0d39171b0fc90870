package dev.datastudio.rag.extract.internal;

import dev.datastudio.rag.extract.ExtractionStatus;
import dev.datastudio.rag.extract.ExtractionWarning;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.tika.extractor.EmbeddedDocumentExtractor;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.xml.sax.ContentHandler;

/** Reads the documents inside a document as part of it, under their names, within the limits. */
final class EmbeddedDocuments implements EmbeddedDocumentExtractor {
    private static final String BY_ITSELF = "Add it by itself";

    private final Reading outer;

    EmbeddedDocuments(Reading outer) {
        this.outer = outer;
    }

    @Override
    public boolean shouldParseEmbedded(Metadata metadata) {
        String type = metadata.get(Metadata.CONTENT_TYPE);
        boolean picture = type != null && (type.startsWith("image/") || type.contains("font") || type.contains("vml"));
        return !picture && !isPart(metadata.get(TikaCoreProperties.EMBEDDED_RESOURCE_TYPE));
    }

    /** Pictures, thumbnails, macros and the like are no documents. */
    private static boolean isPart(String type) {
        return type != null && !type.equals("ATTACHMENT") && !type.equals("ALTERNATE_FORMAT_CHUNK");
    }

    @Override
    public void parseEmbedded(InputStream stream, ContentHandler handler, Metadata metadata, boolean outputHtml)
            throws IOException {
        String name = metadata.get(TikaCoreProperties.RESOURCE_NAME_KEY);
        read(stream, name == null || name.isBlank() ? "embedded document" : name);
    }

    /** Reads one; what goes wrong with it is a warning, as the document around it is still good. */
    void read(InputStream stream, String path) throws IOException {
        BlockWriter writer = outer.writer();
        writer.throwIfHalted();
        String name = TextCleaning.clean(path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1))
                .replace('\n', ' ');
        if (outer.depth() >= outer.limits().maxDepth()) {
            leftOut(name, "documents are read " + outer.limits().maxDepth() + " deep", BY_ITSELF);
            return;
        } else if (outer.facts().embedded() >= outer.limits().maxEmbedded()) {
            warn("Further files inside it were left out, as the limit is "
                    + outer.limits().maxEmbedded() + ". Add them by themselves");
            return;
        }
        Path file = Files.createTempFile(outer.scratch(), "embedded", ".bin");
        try {
            if (copy(stream, file)) {
                readFile(outer.inner(file, name.isBlank() ? "embedded document" : name));
            } else {
                leftOut(name, "it has more than " + outer.limits().maxBytes() + " bytes", "Split it");
            }
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private boolean copy(InputStream from, Path to) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long size = 0;
        try (OutputStream out = Files.newOutputStream(to)) {
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                outer.writer().throwIfHalted();
                size += n;
                if (size > outer.limits().maxBytes()) {
                    return false;
                }
                out.write(buffer, 0, n);
            }
        }
        return true;
    }

    private void readFile(Reading inner) {
        BlockWriter writer = outer.writer();
        writer.freezePage();
        try {
            FileKind kind = FileKinds.of(inner.file(), inner.name());
            outer.facts().countEmbedded();
            writer.heading(1, inner.name());
            FormatReaders.read(inner, kind);
        } catch (ExtractionStop e) {
            if (e == writer.stop()) {
                throw e;
            } else if (e.status() != ExtractionStatus.EMPTY) {
                leftOut(inner.name(), "it " + e.what(), e.mend());
            }
        } catch (ReadingHalted e) {
            throw e;
        } catch (Exception e) {
            writer.throwIfHalted();
            leftOut(inner.name(), "it is damaged", "Get it again from where it came from");
        } finally {
            writer.thawPage();
        }
    }

    private void leftOut(String name, String why, String mend) {
        String shown = name.length() <= 100 ? name : name.substring(0, 100) + "…";
        warn("The file '" + shown + "' inside it was left out, as " + why + ". " + mend);
    }

    private void warn(String text) {
        outer.writer().warn(ExtractionWarning.Kind.EMBEDDED_LEFT_OUT, text);
    }
}
