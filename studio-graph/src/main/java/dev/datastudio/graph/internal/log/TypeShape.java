package dev.datastudio.graph.internal.log;

import java.lang.invoke.MethodType;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A declared type with its arguments put in: a class, not primitive, and the shapes of its type arguments, none when it
 * is used without. Immutable.
 */
record TypeShape(Class<?> raw, List<TypeShape> arguments) {
    TypeShape {
        arguments = List.copyOf(arguments);
    }

    static TypeShape of(Class<?> type) {
        return new TypeShape(MethodType.methodType(type).wrap().returnType(), List.of());
    }

    /** The shape of a type that stands in the declaration of this one, such as a component's. */
    TypeShape inside(Type type) {
        Map<Type, TypeShape> variables = new HashMap<>();
        TypeVariable<?>[] declared = raw.getTypeParameters();
        for (int i = 0; i < declared.length; i++) {
            variables.put(declared[i], arguments.isEmpty() ? erased(declared[i]) : arguments.get(i));
        }
        return resolved(type, variables);
    }

    /** The shape of an argument, that of Object when the type is used without. */
    TypeShape argument(int place) {
        return arguments.isEmpty() ? of(Object.class) : arguments.get(place);
    }

    private static TypeShape resolved(Type type, Map<Type, TypeShape> variables) {
        if (type instanceof Class<?> plain) {
            return of(plain);
        }
        if (type instanceof ParameterizedType generic) {
            List<TypeShape> arguments = new ArrayList<>();
            for (Type argument : generic.getActualTypeArguments()) {
                arguments.add(resolved(argument, variables));
            }
            return new TypeShape((Class<?>) generic.getRawType(), arguments);
        }
        if (type instanceof WildcardType wildcard) {
            return resolved(wildcard.getUpperBounds()[0], variables);
        }
        TypeShape known = variables.get(type);
        return known == null ? erased(type) : known;
    }

    private static TypeShape erased(Type type) {
        if (type instanceof Class<?> plain) {
            return of(plain);
        }
        if (type instanceof ParameterizedType generic) {
            return erased(generic.getRawType());
        }
        if (type instanceof TypeVariable<?> variable) {
            return erased(variable.getBounds()[0]);
        }
        if (type instanceof WildcardType wildcard) {
            return erased(wildcard.getUpperBounds()[0]);
        }
        if (type instanceof GenericArrayType array) {
            return of(erased(array.getGenericComponentType()).raw().arrayType());
        }
        throw new AssertionError(type);
    }

    @Override
    public String toString() {
        return raw.getName();
    }
}
