package dev.datastudio.core.preview;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.core.Studio;
import dev.datastudio.core.query.DuckDbSettings;
import dev.datastudio.core.query.QueryEngines;
import dev.datastudio.core.table.TableSources;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Row P5. */
class PreviewsTest {
    private final Studio studio = Studio.inMemory();
    private final QueryEngines engines = QueryEngines.open(DuckDbSettings.DEFAULT, 4);
    private final Previews previews = Previews.of(TableSources.of(studio.datasets(), engines, studio::sources));

    private record Item(long no, @Nullable String name) {}

    @AfterEach
    void close() {
        engines.close();
        studio.close();
    }

    private Dataset items(int count) {
        return studio.datasets()
                .importRecords(
                        "items",
                        IntStream.rangeClosed(1, count).mapToObj(i -> new Item(i, i % 10 == 0 ? null : "item " + i)));
    }

    private Preview show(PreviewRequest request) {
        return previews.show(Caller.LOCAL, request);
    }

    @Test
    void showsPagesOfATableWithTheExactNumberOfRows() {
        String id = items(2_500).id().toString();

        Preview.Table first = assertInstanceOf(Preview.Table.class, show(PreviewRequest.of(id)));
        Preview.Table later =
                assertInstanceOf(Preview.Table.class, show(PreviewRequest.of(id).page(2, 2_498)));

        assertEquals(List.of("no", "name"), first.headers());
        assertEquals(1_000, first.rows().size());
        assertEquals(2_500, first.totalRows());
        assertEquals(List.of(List.of("2499", "item 2499"), Arrays.asList("2500", null)), later.rows());
        assertEquals(2_500, later.totalRows());
    }

    @Test
    void showsTheRowsOfAStatementInPages() {
        String id = items(50).id().toString();
        PreviewRequest request = PreviewRequest.of(id).ofQuery("SELECT no FROM items WHERE no > 10 ORDER BY no DESC;");

        Preview.Table page = assertInstanceOf(Preview.Table.class, show(request.page(2, 3)));

        assertEquals(List.of(List.of("47"), List.of("46")), page.rows());
        assertEquals(40, page.totalRows());
    }

    @Test
    void showsAnOlderVersion() {
        items(5);
        items(7);

        Preview.Table old = assertInstanceOf(
                Preview.Table.class, show(PreviewRequest.of("items").ofVersion(1)));
        Preview.Table newest = assertInstanceOf(Preview.Table.class, show(PreviewRequest.of("items")));

        assertEquals(5, old.totalRows());
        assertEquals(7, newest.totalRows());
        assertEquals(
                ErrorCode.SOURCE_NOT_FOUND,
                assertInstanceOf(
                                Preview.Failed.class,
                                show(PreviewRequest.of("items").ofVersion(3)))
                        .error()
                        .code());
    }

    @Test
    void whatCannotBeShownSaysWhy() {
        String id = items(3).id().toString();

        assertEquals(ErrorCode.SQL_REFUSED, code(show(PreviewRequest.of(id).ofQuery("DROP TABLE items"))));
        assertEquals(ErrorCode.UNKNOWN_TABLE, code(show(PreviewRequest.of(id).ofTable("other"))));
        assertEquals(ErrorCode.SOURCE_NOT_FOUND, code(show(PreviewRequest.of("nothing"))));
        assertEquals(
                ErrorCode.SOURCE_NOT_FOUND, code(previews.show(new Caller("other", "eve"), PreviewRequest.of(id))));
    }

    @Test
    void cutsALongTextBetweenCharacters() throws IOException {
        String text = "a".repeat(Previews.MAX_TEXT - 1) + "\uD83D\uDE00".repeat(3);

        Preview.Text shown = assertInstanceOf(
                Preview.Text.class, previews.show("long.txt", new ByteArrayInputStream(text.getBytes(UTF_8))));

        assertEquals("a".repeat(Previews.MAX_TEXT - 1), shown.content());
    }

    private static ErrorCode code(Preview preview) {
        return assertInstanceOf(Preview.Failed.class, preview).error().code();
    }

    @Test
    void refusesPagesOutsideTheRange() {
        PreviewRequest request = PreviewRequest.of("x");

        assertThrows(IllegalArgumentException.class, () -> request.page(0, 0));
        assertThrows(IllegalArgumentException.class, () -> request.page(10_001, 0));
        assertThrows(IllegalArgumentException.class, () -> request.page(1, -1));
        assertEquals(10_000, request.page(10_000, 0).limit());
    }

    @Test
    void tellsFilesByTheirBytesNotTheirNames() throws IOException {
        byte[] png = "\u0089PNG\r\n\u001a\nrest".getBytes(ISO_8859_1);

        Preview.Image image = assertInstanceOf(Preview.Image.class, show("note.txt", png));
        Preview.Pdf pdf = assertInstanceOf(Preview.Pdf.class, show("a.png", "%PDF-1.7 x".getBytes(ISO_8859_1)));

        assertEquals("image/png", image.mimeType());
        assertArrayEquals(png, image.bytes());
        assertEquals("application/pdf", pdf.mimeType());
        assertInstanceOf(Preview.Text.class, show("drawing.svg", "<svg onload='x()'/>".getBytes(UTF_8)));
        assertEquals(ErrorCode.FILE_IS_BINARY, code(show("a.pdf", new byte[] {1, 2, 0, 3})));
    }

    @Test
    void indentsJsonAndSaysWhereItIsNone() throws IOException {
        Preview.Json json = assertInstanceOf(Preview.Json.class, show("a.json", "{\"a\":[1,2.10]}".getBytes(UTF_8)));

        assertEquals("{\n  \"a\" : [ 1, 2.10 ]\n}", json.content());
        Preview.Failed failed =
                assertInstanceOf(Preview.Failed.class, show("b.json", "{\"a\":1,\n oops}".getBytes(UTF_8)));
        assertEquals(ErrorCode.FILE_MALFORMED, failed.error().code());
        assertTrue(failed.error().what().contains("line 2"), failed.error().what());
    }

    @Test
    void cutsLongTextsAndRefusesHugePictures() throws IOException {
        byte[] umlauts = "ä".repeat(500_000).getBytes(UTF_8);
        byte[] huge = new byte[Previews.MAX_BINARY + 1];
        byte[] magic = "\u0089PNG\r\n\u001a\n".getBytes(ISO_8859_1);
        System.arraycopy(magic, 0, huge, 0, magic.length);

        Preview.Text text = assertInstanceOf(Preview.Text.class, show("a.txt", umlauts));

        assertEquals(Previews.MAX_TEXT, text.content().length());
        assertTrue(text.isCut());
        assertEquals(ErrorCode.LIMIT_EXCEEDED, code(show("a.png", huge)));
    }

    private Preview show(String name, byte[] bytes) throws IOException {
        return previews.show(name, new ByteArrayInputStream(bytes));
    }

    @Test
    void isWrittenInTheShapeThatClientsKnow() throws IOException {
        items(10);

        assertEquals(
                "{\"ok\":true,\"data_type\":\"table\",\"headers\":[\"no\",\"name\"],"
                        + "\"rows\":[{\"values\":[\"10\",null]}],\"total_rows\":10}",
                PreviewJson.write(show(PreviewRequest.of("items").page(1, 9))));
        assertEquals(
                "{\"ok\":true,\"data_type\":\"pdf\",\"binary_base64\":\"JVBERi0=\",\"mime_type\":\"application/pdf\"}",
                PreviewJson.write(show("a.pdf", "%PDF-".getBytes(UTF_8))));
        assertTrue(PreviewJson.write(show(PreviewRequest.of("none")))
                .startsWith("{\"ok\":false,\"data_type\":\"error\",\"error\":\"There is no source 'none'."));
    }
}
