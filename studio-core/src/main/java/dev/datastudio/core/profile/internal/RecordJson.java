package dev.datastudio.core.profile.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Public records as JSON objects. */
public final class RecordJson {
    private RecordJson() {}

    /** Writes one value: a record, collection, map, number, text, constant, optional or null. */
    public static void write(JsonGenerator out, @Nullable Object value) throws IOException {
        if (value == null) {
            out.writeNull();
        } else if (value instanceof Record fields) {
            writeRecord(out, fields);
        } else if (value instanceof Optional<?> optional) {
            write(out, optional.orElse(null));
        } else if (value instanceof Collection<?> elements) {
            out.writeStartArray();
            for (Object element : elements) {
                write(out, element);
            }
            out.writeEndArray();
        } else if (value instanceof Map<?, ?> map) {
            out.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                out.writeFieldName(String.valueOf(entry.getKey()));
                write(out, entry.getValue());
            }
            out.writeEndObject();
        } else {
            writeScalar(out, value);
        }
    }

    private static void writeRecord(JsonGenerator out, Record value) throws IOException {
        out.writeStartObject();
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            out.writeFieldName(component.getName());
            try {
                write(out, component.getAccessor().invoke(value));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("A public record can be read: " + component, e);
            }
        }
        out.writeEndObject();
    }

    private static void writeScalar(JsonGenerator out, Object value) throws IOException {
        if (value instanceof Double number) {
            if (Double.isFinite(number)) {
                out.writeNumber(number);
            } else {
                out.writeNull();
            }
        } else if (value instanceof Long || value instanceof Integer) {
            out.writeNumber(((Number) value).longValue());
        } else if (value instanceof Boolean bool) {
            out.writeBoolean(bool);
        } else if (value instanceof Enum<?> constant) {
            out.writeString(constant.name().toLowerCase(Locale.ROOT));
        } else {
            out.writeString(value.toString());
        }
    }
}
