package dev.datastudio.rag.extract.internal;

import dev.datastudio.rag.extract.ExtractionWarning;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDNameTreeNode;
import org.apache.pdfbox.pdmodel.common.filespecification.PDComplexFileSpecification;
import org.apache.pdfbox.pdmodel.common.filespecification.PDEmbeddedFile;
import org.apache.pdfbox.pdmodel.common.filespecification.PDFileSpecification;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotation;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationFileAttachment;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationLink;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationPopup;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationWidget;
import org.apache.pdfbox.pdmodel.interactive.form.PDAcroForm;
import org.apache.pdfbox.pdmodel.interactive.form.PDField;
import org.apache.pdfbox.pdmodel.interactive.form.PDTerminalField;

/** What a PDF holds beside its pages: notes, values of form fields, attached files. */
final class PdfExtras {
    private static final int MAX_ANNOTATIONS = 2_000;
    private static final int MAX_FIELDS = 20_000;

    private PdfExtras() {}

    /** The notes on a page. */
    static void annotations(PDPage page, BlockWriter writer) {
        int count = 0;
        try {
            for (PDAnnotation annotation : page.getAnnotations()) {
                String text = annotation.getContents();
                if (text != null && isNote(annotation) && count++ < MAX_ANNOTATIONS) {
                    writer.paragraph(text);
                }
            }
        } catch (IOException | ClassCastException | IllegalArgumentException | NullPointerException e) {
            writer.warn(ExtractionWarning.Kind.DAMAGED, "Notes on page " + writer.page() + " could not be read");
        }
    }

    private static boolean isNote(PDAnnotation annotation) {
        return !(annotation instanceof PDAnnotationWidget
                || annotation instanceof PDAnnotationLink
                || annotation instanceof PDAnnotationPopup);
    }

    static void read(PDDocument document, Reading reading) throws IOException {
        try {
            fields(document, reading.writer());
            EmbeddedDocuments documents = new EmbeddedDocuments(reading);
            PDDocumentNameDictionary names = document.getDocumentCatalog().getNames();
            if (names != null && names.getEmbeddedFiles() != null) {
                tree(names.getEmbeddedFiles(), documents, new HashSet<>());
            }
            for (PDPage page : document.getPages()) {
                attachments(page, documents);
            }
        } catch (IOException | ClassCastException | IllegalArgumentException | NullPointerException e) {
            reading.writer().throwIfHalted();
            reading.writer().warn(ExtractionWarning.Kind.DAMAGED, "Form fields or attached files could not be read");
        }
    }

    private static void fields(PDDocument document, BlockWriter writer) {
        PDAcroForm form = document.getDocumentCatalog().getAcroForm(null);
        if (form == null) {
            return;
        }
        int count = 0;
        for (PDField field : form.getFieldTree()) {
            if (count++ > MAX_FIELDS) {
                return;
            }
            if (field instanceof PDTerminalField && !"Btn".equals(field.getFieldType())) {
                String value = field.getValueAsString();
                if (value != null && !value.isBlank()) {
                    writer.paragraph(field.getFullyQualifiedName() + ": " + value);
                }
            }
        }
    }

    private static void tree(
            PDNameTreeNode<PDComplexFileSpecification> node, EmbeddedDocuments documents, Set<COSDictionary> seen)
            throws IOException {
        if (!seen.add(node.getCOSObject())) {
            return;
        }
        Map<String, PDComplexFileSpecification> files = node.getNames();
        if (files != null) {
            for (PDComplexFileSpecification file : files.values()) {
                attachment(file, documents);
            }
        }
        if (node.getKids() != null) {
            for (PDNameTreeNode<PDComplexFileSpecification> kid : node.getKids()) {
                tree(kid, documents, seen);
            }
        }
    }

    private static void attachments(PDPage page, EmbeddedDocuments documents) throws IOException {
        for (PDAnnotation annotation : page.getAnnotations()) {
            PDFileSpecification file =
                    annotation instanceof PDAnnotationFileAttachment attachment ? attachment.getFile() : null;
            if (file instanceof PDComplexFileSpecification complex) {
                attachment(complex, documents);
            }
        }
    }

    private static void attachment(PDComplexFileSpecification file, EmbeddedDocuments documents) throws IOException {
        if (file == null) {
            return;
        }
        PDEmbeddedFile embedded = file.getEmbeddedFileUnicode();
        embedded = embedded == null ? file.getEmbeddedFile() : embedded;
        if (embedded != null) {
            String name = file.getFilename();
            try (InputStream in = embedded.createInputStream()) {
                documents.read(in, name == null ? "attached file" : name);
            }
        }
    }
}
