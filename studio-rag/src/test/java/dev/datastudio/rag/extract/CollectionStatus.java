package dev.datastudio.rag.extract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.testkit.OutsideData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How each of 110 real and hostile documents ends. Those that are not named are read whole. */
final class CollectionStatus {
    private static final Map<ExtractionStatus, List<String>> EXPECTED = Map.of(
            ExtractionStatus.NO_TEXT, List.of("good/testOCR.pdf"),
            ExtractionStatus.EMPTY,
                    List.of(
                            "made/empty.docx",
                            "made/empty.md",
                            "made/empty.pdf",
                            // one blank page each, as their sources say
                            "hostile/GHOSTSCRIPT-698804-1-fuzzed.pdf",
                            "hostile/bug1980958.pdf",
                            "hostile/empty_protected.pdf",
                            "hostile/testPDF_jsActionOnPage.pdf",
                            "hostile/testPDF_malformedXFA.pdf"),
            ExtractionStatus.ENCRYPTED,
                    List.of(
                            "hostile/encrypted-attachment.pdf",
                            "hostile/libreoffice-writer-password.pdf",
                            "hostile/testEXCEL_protected_passtika.xlsx",
                            "hostile/testODTEncrypted.odt",
                            "hostile/testPDF_no_extract_no_accessibility_owner_user.pdf",
                            "hostile/testPPT_protected_passtika.pptx",
                            "hostile/testUnicodePassword.pdf",
                            "hostile/testWORD_protected_passtika.docx"),
            ExtractionStatus.UNSUPPORTED,
                    List.of(
                            "good/testEXCEL.strict.xlsx",
                            "hostile/droste.zip",
                            "hostile/quine.gz",
                            "hostile/testXXE.xml",
                            "hostile/testZIP_corrupted_oom.zip",
                            "made/zip-slip.zip"),
            ExtractionStatus.TOO_LARGE, List.of("made/zipbomb-like-32MiB.docx"),
            ExtractionStatus.PARTLY_READ,
                    List.of(
                            "hostile/helloworld-bad.pdf",
                            "hostile/testPDF_bad_page_303226.pdf",
                            "hostile/xref_command_missing.pdf",
                            "made/truncated-60pct.pdf"),
            ExtractionStatus.MALFORMED,
                    List.of(
                            "hostile/REDHAT-1531897-0.pdf",
                            "hostile/bug1020226.pdf",
                            "hostile/issue9105_other.pdf",
                            "hostile/poppler-395-0-fuzzed.pdf",
                            "hostile/poppler-85140-0.pdf",
                            "hostile/testWORD_truncated.docx",
                            "made/billion-laughs.docx",
                            "made/truncated-50pct.docx",
                            "made/truncated-90pct.pptx",
                            "made/truncated-header-only.pdf",
                            "made/xxe-file.docx",
                            "made/xxe-loopback-http.docx"));

    private CollectionStatus() {}

    static void checkAll(DocumentExtractor extractor) throws IOException {
        Path root = OutsideData.require("data/docs");
        List<String> wrong = new ArrayList<>();
        int count = 0;
        for (String name : documents(root)) {
            count++;
            Extraction result = extractor.extract(
                    DocumentSource.of(root.resolve(name)),
                    ExtractionLimits.DEFAULTS,
                    new CollectingSink(),
                    Cancellation.none());
            if (result.status() != expected(name)) {
                wrong.add(name + ": " + result);
            }
            assertEquals(
                    result.status() == ExtractionStatus.READ, result.reason().isEmpty(), name);
            assertEquals(result.status().hasText(), result.characters() > 0, name);
            assertFalse(result.reason().contains("Exception"), result::reason);
        }
        assertEquals(List.of(), wrong);
        assertTrue(count >= 110, "only " + count + " documents");
    }

    private static List<String> documents(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> name.contains("/"))
                    .sorted()
                    .collect(Collectors.toList());
        }
    }

    private static ExtractionStatus expected(String name) {
        return EXPECTED.entrySet().stream()
                .filter(entry -> entry.getValue().contains(name))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(ExtractionStatus.READ);
    }
}
