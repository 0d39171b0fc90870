package dev.datastudio.rag.extract.internal;

import java.util.Locale;
import java.util.Set;

/** The formats that are read. */
enum FileKind {
    PDF("application/pdf", "a PDF document", "pdf"),
    DOCX(
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "a Word document",
            "docx",
            "docm",
            "dotx"),
    PPTX(
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            "a PowerPoint presentation",
            "pptx",
            "pptm",
            "ppsx"),
    XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "an Excel workbook", "xlsx", "xlsm"),
    DOC("application/msword", "a Word document of 97 to 2003", "doc", "dot"),
    PPT("application/vnd.ms-powerpoint", "a PowerPoint presentation of 97 to 2003", "ppt", "pps"),
    XLS("application/vnd.ms-excel", "an Excel workbook of 97 to 2003", "xls"),
    MSG("application/vnd.ms-outlook", "an Outlook message", "msg"),
    EML("message/rfc822", "a mail", "eml"),
    ODT("application/vnd.oasis.opendocument.text", "an OpenDocument text", "odt", "ott"),
    ODS("application/vnd.oasis.opendocument.spreadsheet", "an OpenDocument spreadsheet", "ods"),
    ODP("application/vnd.oasis.opendocument.presentation", "an OpenDocument presentation", "odp"),
    EPUB("application/epub+zip", "an EPUB book", "epub"),
    RTF("application/rtf", "a Rich Text document", "rtf"),
    HTML("text/html", "a web page", "html", "htm", "xhtml"),
    MARKDOWN("text/markdown", "a Markdown text", "md", "markdown", "mdown"),
    CSV("text/csv", "a table of delimited text", "csv", "tsv", "tab"),
    TEXT("text/plain", "plain text", "txt", "text", "log");

    private static final Set<FileKind> PLAIN = Set.of(HTML, MARKDOWN, CSV, TEXT, EML);

    private final String contentType;
    private final String words;
    private final String endings;

    FileKind(String contentType, String words, String... endings) {
        this.contentType = contentType;
        this.words = words;
        this.endings = " " + String.join(" ", endings) + " ";
    }

    String contentType() {
        return contentType;
    }

    /** What it is, with its article. */
    String words() {
        return words;
    }

    /** Whether a name ends as another format does, and not as this one. */
    boolean isMislabelledBy(String name) {
        boolean plainName = PLAIN.stream().anyMatch(kind -> kind.hasEndingOf(name));
        if (hasEndingOf(name) || (this == TEXT && plainName)) {
            return false;
        }
        for (FileKind kind : values()) {
            if (kind.hasEndingOf(name)) {
                return true;
            }
        }
        return false;
    }

    boolean hasEndingOf(String name) {
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return !ending.contains(" ") && endings.contains(" " + ending + " ");
    }
}
