package dev.datastudio.core.preview;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;

/**
 * Previews as clients know them: {@code {"ok":true,"data_type":"table","headers":[…],"rows":[{"values":[…]}],
 * "total_rows":3}}; text and JSON carry {@code content}, pictures and PDF {@code binary_base64} and {@code mime_type},
 * an error {@code error} with {@code "ok":false}.
 */
public final class PreviewJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private PreviewJson() {}

    /** The preview as JSON text. */
    public static String write(Preview preview) {
        ObjectNode json = JSON.createObjectNode().put("ok", !(preview instanceof Preview.Failed));
        if (preview instanceof Preview.Table table) {
            write(json.put("data_type", "table"), table);
        } else if (preview instanceof Preview.Text text) {
            json.put("data_type", "text").put("content", text.content()).put("is_cut", text.isCut());
        } else if (preview instanceof Preview.Json document) {
            json.put("data_type", "json").put("content", document.content()).put("is_cut", document.isCut());
        } else if (preview instanceof Preview.Failed failed) {
            json.put("data_type", "error").put("error", failed.error().getMessage());
            json.put("code", failed.error().code().name())
                    .put("mend", failed.error().mend());
        } else if (preview instanceof Preview.Binary binary) {
            json.put("data_type", preview instanceof Preview.Pdf ? "pdf" : "image");
            json.put("binary_base64", Base64.getEncoder().encodeToString(binary.bytes()));
            json.put("mime_type", binary.mimeType());
        }
        return json.toString();
    }

    private static void write(ObjectNode json, Preview.Table table) {
        ArrayNode headers = json.putArray("headers");
        table.headers().forEach(headers::add);
        ArrayNode rows = json.putArray("rows");
        table.rows().forEach(row -> {
            ArrayNode values = rows.addObject().putArray("values");
            row.forEach(values::add);
        });
        json.put("total_rows", table.totalRows());
    }
}
