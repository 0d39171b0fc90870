package dev.datastudio.core.preview.internal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.preview.Preview;

/** JSON made readable. */
public final class JsonText {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private JsonText() {}

    /**
     * JSON with line breaks and indents.
     *
     * @param isCut whether the text is only the beginning, which is then shown as it stands
     * @throws StudioException with {@link ErrorCode#FILE_MALFORMED} that says where it is no JSON
     */
    public static Preview show(String text, boolean isCut) {
        if (isCut) {
            return new Preview.Json(text, true);
        }
        try {
            return new Preview.Json(JSON.readTree(text).toPrettyString(), false);
        } catch (JsonProcessingException e) {
            throw new StudioException(
                    ErrorCode.FILE_MALFORMED,
                    "The file is no JSON in line " + e.getLocation().getLineNr() + ": " + e.getOriginalMessage(),
                    "Mend it there, or give it another name to see it as text",
                    e);
        }
    }
}
