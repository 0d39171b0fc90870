package dev.datastudio.graph.internal.log;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A record as an object of its components; a null component is left out. Immutable once its parts are set. */
final class RecordCodec extends ValueCodec {
    private final Class<?> type;
    private final String[] names;
    private final byte[][] keys;
    private final boolean[] primitive;
    private final MethodHandle[] accessors;
    private final MethodHandle constructor;
    private final ValueCodec[] parts;

    /** @throws IllegalAccessException if the record can't be reached from here */
    RecordCodec(Class<?> type) throws IllegalAccessException {
        this.type = type;
        RecordComponent[] components = type.getRecordComponents();
        int count = components.length;
        this.names = new String[count];
        this.keys = new byte[count][];
        this.primitive = new boolean[count];
        this.accessors = new MethodHandle[count];
        this.parts = new ValueCodec[count];
        Class<?>[] types = new Class<?>[count];
        for (int i = 0; i < count; i++) {
            names[i] = components[i].getName();
            keys[i] = JsonOut.keyBytes(names[i]);
            types[i] = components[i].getType();
            primitive[i] = types[i].isPrimitive();
            accessors[i] = accessor(components[i].getAccessor());
        }
        this.constructor = constructor(type, types);
    }

    private static MethodHandle accessor(Method method) throws IllegalAccessException {
        if (!method.trySetAccessible()) {
            throw new IllegalAccessException(method.toString());
        }
        return MethodHandles.lookup().unreflect(method).asType(MethodType.methodType(Object.class, Object.class));
    }

    private static MethodHandle constructor(Class<?> type, Class<?>[] types) throws IllegalAccessException {
        try {
            Constructor<?> canonical = type.getDeclaredConstructor(types);
            if (!canonical.trySetAccessible()) {
                throw new IllegalAccessException(canonical.toString());
            }
            return MethodHandles.lookup()
                    .unreflectConstructor(canonical)
                    .asSpreader(Object[].class, types.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (NoSuchMethodException e) {
            throw new LinkageError("a record has its canonical constructor", e);
        }
    }

    /** Set after the constructor, as a record may hold itself. */
    void part(int component, ValueCodec codec) {
        parts[component] = codec;
    }

    @Override
    void write(Object value, JsonOut out) {
        out.beginObject();
        for (int i = 0; i < keys.length; i++) {
            Object part = component(i, value);
            if (part != null) {
                out.key(keys[i]);
                parts[i].write(part, out);
            }
        }
        out.endObject();
    }

    private @Nullable Object component(int i, Object value) {
        try {
            return accessors[i].invokeExact(value);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    Object read(Object tree) {
        Map<?, ?> map = expect(Map.class, tree);
        @Nullable Object[] values = new @Nullable Object[names.length];
        int found = 0;
        for (int i = 0; i < names.length; i++) {
            Object part = map.get(names[i]);
            if (part != null) {
                values[i] = parts[i].read(part);
            } else if (primitive[i]) {
                throw new UnreadableException(type.getSimpleName() + "." + names[i] + " is missing");
            }
            if (map.containsKey(names[i])) {
                found++;
            }
        }
        if (found != map.size()) {
            throw new UnreadableException(
                    type.getSimpleName() + " has only " + String.join(", ", names) + ", not all of " + map.keySet());
        }
        return made(values);
    }

    private Object made(@Nullable Object[] values) {
        try {
            return constructor.invokeExact(values);
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            throw new UnreadableException(type.getSimpleName() + " refuses what was stored: " + e.getMessage(), e);
        }
    }
}
