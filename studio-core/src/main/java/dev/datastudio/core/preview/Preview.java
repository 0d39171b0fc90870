package dev.datastudio.core.preview;

import dev.datastudio.api.error.StudioException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What somebody sees of a source: one of six kinds. Immutable. */
public sealed interface Preview {
    /** Rows of a table or statement. */
    record Table(List<String> headers, List<List<@Nullable String>> rows, long totalRows) implements Preview {
        /**
         * @param headers names of the columns
         * @param rows a page of rows, each as wide as the headers; values as text, null when missing
         * @param totalRows how many rows there are on all pages, exact
         */
        public Table {
            headers = List.copyOf(headers);
            List<List<@Nullable String>> copy = new ArrayList<>(rows.size());
            rows.forEach(row -> copy.add(Collections.unmodifiableList(new ArrayList<>(row))));
            rows = Collections.unmodifiableList(copy);
        }
    }

    /**
     * Text.
     *
     * @param content its beginning
     * @param isCut whether more follows
     */
    record Text(String content, boolean isCut) implements Preview {
        public Text {
            Objects.requireNonNull(content, "content");
        }
    }

    /**
     * A JSON document.
     *
     * @param content its text, indented; the beginning as it stands when it is cut
     * @param isCut whether more follows
     */
    record Json(String content, boolean isCut) implements Preview {
        public Json {
            Objects.requireNonNull(content, "content");
        }
    }

    /** A picture that browsers show: PNG, JPEG, GIF or WebP. Vector graphics are text, since they can hold scripts. */
    final class Image extends Binary implements Preview {
        Image(byte[] bytes, String mimeType) {
            super(bytes, mimeType);
        }
    }

    /** A PDF document. */
    final class Pdf extends Binary implements Preview {
        Pdf(byte[] bytes) {
            super(bytes, "application/pdf");
        }
    }

    /** Nothing to see, and why. */
    record Failed(StudioException error) implements Preview {
        public Failed {
            Objects.requireNonNull(error, "error");
        }
    }

    /** A file shown as it is. */
    abstract sealed class Binary permits Image, Pdf {
        private final byte[] bytes;
        private final String mimeType;

        Binary(byte[] bytes, String mimeType) {
            this.bytes = bytes.clone();
            this.mimeType = mimeType;
        }

        /** The whole file, copied. */
        public byte[] bytes() {
            return bytes.clone();
        }

        /** What it is, as found in its first bytes rather than told by its name. */
        public String mimeType() {
            return mimeType;
        }
    }
}
