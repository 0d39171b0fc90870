package dev.datastudio.graph.json.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one JSON value from text or bytes that nobody has checked. */
public final class JsonReader {
    /** The longest text of one value. */
    public static final int MAX_TEXT = 1 << 20;
    /** The longest name. */
    public static final int MAX_NAME = 1_000;
    /** The most characters of a number. */
    public static final int MAX_NUMBER = 400;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(JsonValues.MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER)
                    .maxStringLength(MAX_TEXT)
                    .maxNameLength(MAX_NAME)
                    .build())
            .build();

    /** For what Studio itself has written: values of a run may be larger than those of a file. */
    private static final JsonFactory OWN = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(JsonValues.MAX_DEPTH)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final JsonParser parser;
    private final String source;
    private final Fractions fractions;

    private JsonReader(JsonParser parser, String source, Fractions fractions) {
        this.parser = parser;
        this.source = source;
        this.fractions = fractions;
    }

    /** How numbers with a fraction are read. */
    private enum Fractions {
        /** To the last digit. */
        EXACT,
        /** As a Double. */
        FLOATING
    }

    /** The value of JSON that {@link JsonWriter} wrote; fractions are Doubles. */
    public static @Nullable Object own(String text) {
        try (JsonParser parser = OWN.createParser(text)) {
            return new JsonReader(parser, "The value", Fractions.FLOATING).document();
        } catch (JsonProcessingException e) {
            throw refused("The value", e);
        } catch (IOException e) {
            throw unread("The value", e);
        }
    }

    /**
     * The value that text holds.
     *
     * @param source what the text is, as an error names it
     */
    public static @Nullable Object read(String text, String source) {
        try (JsonParser parser = FACTORY.createParser(text)) {
            return new JsonReader(parser, source, Fractions.EXACT).document();
        } catch (JsonProcessingException e) {
            throw refused(source, e);
        } catch (IOException e) {
            throw unread(source, e);
        }
    }

    /** The value that bytes hold, in UTF-8, or UTF-16 or UTF-32 when they look so. */
    public static @Nullable Object read(byte[] bytes, String source) {
        try (JsonParser parser = FACTORY.createParser(bytes)) {
            return new JsonReader(parser, source, Fractions.EXACT).document();
        } catch (JsonProcessingException e) {
            throw refused(source, e);
        } catch (IOException e) {
            throw unread(source, e);
        }
    }

    private @Nullable Object document() throws IOException {
        if (parser.nextToken() == null) {
            throw new StudioException(ErrorCode.FILE_EMPTY, source + " is empty", "Give a JSON object");
        }
        Object value = value();
        if (parser.nextToken() != null) {
            throw new JsonParseException(parser, "there is more after the end of the first value");
        }
        return value;
    }

    private @Nullable Object value() throws IOException {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> list();
            case VALUE_STRING -> parser.getText();
            case VALUE_NUMBER_INT -> whole();
            case VALUE_NUMBER_FLOAT -> fraction();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw new JsonParseException(parser, "there is no value");
        };
    }

    private Map<String, @Nullable Object> object() throws IOException {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            object.put(name, value());
        }
        return object;
    }

    private List<@Nullable Object> list() throws IOException {
        List<@Nullable Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(value());
        }
        return list;
    }

    private Number whole() throws IOException {
        BigInteger number = parser.getBigIntegerValue();
        return number.bitLength() < Long.SIZE ? (Number) number.longValue() : number;
    }

    private Number fraction() throws IOException {
        if (fractions == Fractions.FLOATING) {
            return parser.getDoubleValue();
        }
        BigDecimal number = parser.getDecimalValue();
        if (!Double.isFinite(number.doubleValue())) {
            throw new JsonParseException(parser, "number " + StudioException.quote(parser.getText()) + " is too large");
        }
        return JsonValues.fraction(number, parser.getText());
    }

    private static StudioException refused(String source, JsonProcessingException e) {
        String where = place(e.getLocation());
        String what = StudioException.quote(e.getOriginalMessage());
        if (e instanceof StreamConstraintsException) {
            return new StudioException(
                    ErrorCode.LIMIT_EXCEEDED,
                    source + " goes beyond a limit" + where + ": " + what,
                    "Nest at most " + JsonValues.MAX_DEPTH + " levels, with texts of at most " + MAX_TEXT
                            + " characters, names of at most " + MAX_NAME + " and numbers of at most " + MAX_NUMBER,
                    e);
        }
        return new StudioException(
                ErrorCode.FILE_MALFORMED, source + " is not JSON" + where + ": " + what, "Mend it there", e);
    }

    private static String place(@Nullable JsonLocation location) {
        return location == null ? "" : " in line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static StudioException unread(String source, IOException e) {
        return new StudioException(
                ErrorCode.FILE_NOT_READABLE,
                source + " can't be read: " + StudioException.quote(e.getMessage()),
                "Save it as UTF-8",
                e);
    }
}
