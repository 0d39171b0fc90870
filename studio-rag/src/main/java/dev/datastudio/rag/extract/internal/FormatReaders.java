package dev.datastudio.rag.extract.internal;

/** Which reader reads what. */
final class FormatReaders {
    private FormatReaders() {}

    static void read(Reading reading, FileKind kind) throws Exception {
        switch (kind) {
            case DOCX, PPTX, XLSX, ODT, ODS, ODP, EPUB -> ZipGuard.check(reading, kind);
            default -> {}
        }
        of(kind).read(reading);
    }

    private static FormatReader of(FileKind kind) {
        return switch (kind) {
            case PDF -> new PdfReader();
            case PPTX -> new PptxReader();
            case EML -> new MailReader();
            case TEXT -> new PlainTextReader();
            case MARKDOWN -> new MarkdownReader();
            case CSV -> new CsvReader();
            default -> new TikaReader(kind);
        };
    }
}
