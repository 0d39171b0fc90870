package dev.datastudio.app.web;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Says of the records that the API takes and gives which parts are always there: all but those that are {@link Optional}
 * or {@link Nullable}, which may be null. Without this, every part of every answer might be missing, and so might it be
 * in the types that clients generate. Thread-safe.
 */
@Component
class RecordSchemas implements ModelConverter {
    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        Schema<?> schema = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
        JavaType java = Json.mapper().constructType(type.getType());
        if (schema == null || java == null || !java.getRawClass().isRecord()) {
            return schema;
        }
        Schema<?> definition = definition(schema, context);
        if (definition != null && definition.getProperties() != null) {
            describe(java.getRawClass(), definition);
        }
        return schema;
    }

    private static @Nullable Schema<?> definition(Schema<?> schema, ModelConverterContext context) {
        String reference = schema.get$ref();
        if (reference == null) {
            return schema;
        }
        return context.getDefinedModels().get(reference.substring(reference.lastIndexOf('/') + 1));
    }

    private static void describe(Class<?> record, Schema<?> definition) {
        @SuppressWarnings("rawtypes") // as the library declares it
        Map<String, Schema> properties = definition.getProperties();
        for (RecordComponent component : record.getRecordComponents()) {
            Schema<?> property = properties.get(name(component));
            if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
                describe(component.getType(), definition);
            } else if (property != null && !mayBeNull(component)) {
                require(definition, name(component));
            } else if (property != null) {
                properties.put(name(component), nullable(property));
            }
        }
    }

    private static void require(Schema<?> definition, String name) {
        List<String> required = definition.getRequired();
        if (required == null || !required.contains(name)) {
            definition.addRequiredItem(name);
        }
    }

    private static String name(RecordComponent component) {
        JsonProperty given = component.getAccessor().getAnnotation(JsonProperty.class);
        return given == null || given.value().isEmpty() ? component.getName() : given.value();
    }

    private static boolean mayBeNull(RecordComponent component) {
        return component.getType() == Optional.class
                || component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    /** A reference has no type of its own that could take null besides. */
    private static Schema<?> nullable(Schema<?> property) {
        if (property.get$ref() != null) {
            Schema<?> nothing = new Schema<>();
            nothing.addType("null");
            Schema<?> either = new Schema<>();
            either.addAnyOfItem(property);
            either.addAnyOfItem(nothing);
            return either;
        }
        if (property.getTypes() != null) {
            property.addType("null");
        }
        return property;
    }
}
