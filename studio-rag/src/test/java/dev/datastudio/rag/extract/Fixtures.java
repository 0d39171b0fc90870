package dev.datastudio.rag.extract;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.poi.xslf.usermodel.SlideLayout;
import org.apache.poi.xslf.usermodel.XMLSlideShow;
import org.apache.poi.xslf.usermodel.XSLFSlide;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFStyle;
import org.apache.poi.xwpf.usermodel.XWPFTable;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTStyle;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.STStyleType;

/** Small documents of each format, made by the programs' own libraries. */
final class Fixtures {
    private final Path folder;

    Fixtures(Path folder) {
        this.folder = folder;
    }

    Path text(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    Path bytes(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    Path docx() throws IOException {
        try (XWPFDocument document = new XWPFDocument()) {
            document.getProperties().getCoreProperties().setTitle("Annual report");
            document.getProperties().getCoreProperties().setCreator("Ada Lovelace");
            heading(document, "Results", 1);
            paragraph(document, "Revenue grew by three percent.");
            heading(document, "Outlook", 2);
            XWPFTable table = document.createTable(2, 2);
            table.getRow(0).getCell(0).setText("Region");
            table.getRow(0).getCell(1).setText("Units");
            table.getRow(1).getCell(0).setText("North");
            table.getRow(1).getCell(1).setText("12");
            paragraph(document, "The end.");
            return write("report.docx", document::write);
        }
    }

    private static void heading(XWPFDocument document, String text, int level) {
        String id = "Heading" + level;
        if (document.createStyles().getStyle(id) == null) {
            CTStyle style = CTStyle.Factory.newInstance();
            style.setStyleId(id);
            style.addNewName().setVal("heading " + level);
            style.setType(STStyleType.PARAGRAPH);
            document.getStyles().addStyle(new XWPFStyle(style));
        }
        paragraph(document, text).setStyle(id);
    }

    private static XWPFParagraph paragraph(XWPFDocument document, String text) {
        XWPFParagraph paragraph = document.createParagraph();
        paragraph.createRun().setText(text);
        return paragraph;
    }

    Path pptx() throws IOException {
        try (XMLSlideShow show = new XMLSlideShow()) {
            for (String title : new String[] {"Plan", "Costs"}) {
                XSLFSlide slide =
                        show.createSlide(show.getSlideMasters().get(0).getLayout(SlideLayout.TITLE_AND_CONTENT));
                slide.getPlaceholder(0).setText(title);
                slide.getPlaceholder(1).setText("First point of " + title);
            }
            return write("talk.pptx", show::write);
        }
    }

    Path xlsx() throws IOException {
        try (XSSFWorkbook workbook = new XSSFWorkbook()) {
            for (String name : new String[] {"North", "South"}) {
                XSSFSheet sheet = workbook.createSheet(name);
                sheet.createRow(0).createCell(0).setCellValue("Product");
                sheet.getRow(0).createCell(1).setCellValue("Units");
                sheet.createRow(1).createCell(0).setCellValue("Bolt " + name);
                sheet.getRow(1).createCell(1).setCellValue(12.5);
            }
            return write("units.xlsx", workbook::write);
        }
    }

    Path pdf() throws IOException {
        try (PDDocument document = pdfDocument()) {
            return write("paper.pdf", document::save);
        }
    }

    Path encryptedPdf() throws IOException {
        try (PDDocument document = pdfDocument()) {
            document.protect(new StandardProtectionPolicy("owner", "user", new AccessPermission()));
            return write("secret.pdf", document::save);
        }
    }

    /** Two pages; a heading on each, and a word that is parted at a line end. */
    private static PDDocument pdfDocument() throws IOException {
        PDDocument document = new PDDocument();
        document.getDocumentInformation().setTitle("On engines");
        PDFont plain = new PDType1Font(Standard14Fonts.FontName.HELVETICA);
        PDFont bold = new PDType1Font(Standard14Fonts.FontName.HELVETICA_BOLD);
        for (String page : new String[] {"one", "two"}) {
            PDPage sheet = new PDPage();
            document.addPage(sheet);
            try (PDPageContentStream content = new PDPageContentStream(document, sheet)) {
                line(content, bold, 20, 700, "Chapter " + page);
                line(content, plain, 11, 660, "The analytical engine weaves alge-");
                line(content, plain, 11, 646, "braic patterns on page " + page + ".");
            }
        }
        return document;
    }

    Path blankPdf() throws IOException {
        try (PDDocument document = new PDDocument()) {
            document.addPage(new PDPage());
            return write("blank.pdf", document::save);
        }
    }

    private static void line(PDPageContentStream content, PDFont font, float size, float y, String text)
            throws IOException {
        content.beginText();
        content.setFont(font, size);
        content.newLineAtOffset(72, y);
        content.showText(text);
        content.endText();
    }

    Path epub() throws IOException {
        return zip(
                "book.epub",
                Map.of(
                        "mimetype",
                        "application/epub+zip",
                        "META-INF/container.xml",
                        "<container xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\"><rootfiles><rootfile "
                                + "full-path=\"c.opf\" media-type=\"application/oebps-package+xml\"/></rootfiles></container>",
                        "c.opf",
                        "<package xmlns=\"http://www.idpf.org/2007/opf\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">"
                                + "<metadata><dc:title>A small book</dc:title></metadata><manifest><item id=\"a\" "
                                + "href=\"a.xhtml\" media-type=\"application/xhtml+xml\"/></manifest><spine><itemref "
                                + "idref=\"a\"/></spine></package>",
                        "a.xhtml",
                        "<html xmlns=\"http://www.w3.org/1999/xhtml\"><body><h1>First chapter</h1><p>It was a dark night."
                                + "</p></body></html>"));
    }

    Path odt() throws IOException {
        return zip(
                "letter.odt",
                Map.of(
                        "mimetype",
                        "application/vnd.oasis.opendocument.text",
                        "content.xml",
                        "<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" "
                                + "xmlns:text=\"urn:oasis:names:tc:opendocument:xmlns:text:1.0\"><office:body><office:text>"
                                + "<text:h text:outline-level=\"2\">Greeting</text:h><text:p>Dear reader.</text:p>"
                                + "</office:text></office:body></office:document-content>"));
    }

    Path zip(String name, Map<String, String> parts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            if (parts.containsKey("mimetype")) {
                put(zip, "mimetype", parts.get("mimetype"));
            }
            for (Map.Entry<String, String> part : parts.entrySet()) {
                if (!part.getKey().equals("mimetype")) {
                    put(zip, part.getKey(), part.getValue());
                }
            }
        }
        return bytes(name, bytes.toByteArray());
    }

    private static void put(ZipOutputStream zip, String name, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    /** @param depth how many mails stand around the innermost */
    Path nestedMail(int depth) throws IOException {
        String mail = "From: a@example.org\r\nTo: b@example.org\r\nSubject: level 0\r\n\r\nThe innermost text.\r\n";
        for (int i = 1; i <= depth; i++) {
            mail = "From: a@example.org\r\nTo: b@example.org\r\nSubject: level " + i + "\r\nMIME-Version: 1.0\r\n"
                    + "Content-Type: multipart/mixed; boundary=b" + i + "\r\n\r\n--b" + i
                    + "\r\nContent-Type: text/plain\r\n\r\nText of level " + i + ".\r\n--b" + i
                    + "\r\nContent-Type: message/rfc822\r\nContent-Disposition: attachment; filename=\"inner" + i
                    + ".eml\"\r\n\r\n" + mail + "\r\n--b" + i + "--\r\n";
        }
        return text("nested.eml", mail);
    }

    /** A text of at least so many bytes, in paragraphs. */
    Path largeText(String name, long length) throws IOException {
        Path file = folder.resolve(name);
        byte[] paragraph = ("The quick brown fox jumps over the lazy dog and runs away. ".repeat(20) + "\n\n")
                .getBytes(StandardCharsets.UTF_8);
        try (OutputStream out = new java.io.BufferedOutputStream(Files.newOutputStream(file))) {
            for (long written = 0; written < length; written += paragraph.length) {
                out.write(paragraph);
            }
        }
        return file;
    }

    private Path write(String name, Writing writing) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(file)) {
            writing.to(out);
        }
        return file;
    }

    @FunctionalInterface
    private interface Writing {
        void to(OutputStream out) throws IOException;
    }
}
