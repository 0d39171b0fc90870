package dev.datastudio.graph.internal.log;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.NodeFailure;
import dev.datastudio.graph.checkpoint.TypeCodec;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The closed set of types that a graph stores. What is read is made from types that the graph declares, never from a name
 * that storage gives. Thread-safe after its set-up.
 */
final class ValueTypes {
    static final String MEND = "Make it a record of simple parts, or give the graph's types(...) a TypeCodec for it";

    private final Map<TypeShape, ValueCodec> codecs = new ConcurrentHashMap<>();
    private final Map<String, Tagged> byName = new ConcurrentHashMap<>();
    private final Map<Class<?>, Tagged> byClass = new ConcurrentHashMap<>();
    private final List<NamedCodec> named = new ArrayList<>();
    private final List<Class<?>> registered = new ArrayList<>();
    private final OpenCodec open;
    private final ValueCodec failure;

    ValueTypes() {
        this.open = new OpenCodec(this, Object.class);
        codecs.put(TypeShape.of(Object.class), open);
        Scalars.all().forEach((type, codec) -> {
            codecs.put(new TypeShape(type, List.of()), codec);
            tag(type, type == byte[].class ? "bytes" : type.getSimpleName(), codec);
        });
        tag(Map.class, "Map", new Containers.OfMap(open));
        tag(Set.class, "Set", new Containers.OfSet(open));
        tag(Optional.class, "Optional", new Containers.OfOptional(open));
        register(NodeFailure.class, "", new ArrayList<>());
        this.failure = java.util.Objects.requireNonNull(codecs.get(TypeShape.of(NodeFailure.class)));
    }

    ValueCodec failure() {
        return failure;
    }

    OpenCodec open() {
        return open;
    }

    private boolean tag(Class<?> type, String name, ValueCodec codec) {
        Tagged tagged = new Tagged(name, codec);
        if (byName.putIfAbsent(name, tagged) != null) {
            return false;
        }
        byClass.put(type, tagged);
        return true;
    }

    /** Takes in a host program's codec. */
    void register(TypeCodec<?> codec, List<Problem> problems) {
        NamedCodec made = new NamedCodec(codec);
        named.add(made);
        registered.add(codec.type());
        codecs.put(TypeShape.of(codec.type()), made);
        if (!tag(codec.type(), codec.name(), made)) {
            problems.add(
                    new Problem("Two stored types are named '" + codec.name() + "'", "Give the codec another name"));
        }
    }

    /** Takes in a type that open places may hold; a sealed one with all its members. */
    void register(Class<?> type, String where, List<Problem> problems) {
        if (byClass.containsKey(type)) {
            return;
        }
        if (type.isSealed() && !type.isEnum()) {
            for (Class<?> member : type.getPermittedSubclasses()) {
                register(member, where, problems);
            }
            return;
        }
        ValueCodec codec = codec(TypeShape.of(type), where, problems);
        registered.add(type);
        if (type != Object.class && !tag(type, type.getSimpleName(), codec)) {
            problems.add(new Problem(
                    where + " has the simple name '" + type.getSimpleName() + "', as another stored type has",
                    "Rename one of the two, or give types(...) a TypeCodec with another name"));
        }
    }

    /** As register, for a type that need not stand in open places: a second one of the same name is no problem. */
    void mention(Class<?> type) {
        if (type.isRecord() || type.isEnum()) {
            ValueCodec codec = codecs.get(TypeShape.of(type));
            if (codec != null && !byClass.containsKey(type)) {
                registered.add(type);
                tag(type, type.getSimpleName(), codec);
            }
        }
    }

    /** How a declared type is stored; adds why it can't be, if so. */
    synchronized ValueCodec codec(TypeShape shape, String where, List<Problem> problems) {
        ValueCodec known = codecs.get(shape);
        return known != null ? known : made(shape, where, problems);
    }

    private ValueCodec made(TypeShape shape, String where, List<Problem> problems) {
        Class<?> raw = shape.raw();
        for (NamedCodec given : named) {
            if (given.type().isAssignableFrom(raw)) {
                return kept(shape, given);
            }
        }
        if (raw == List.class || raw == Collection.class) {
            return kept(shape, new Containers.OfList(codec(shape.argument(0), where, problems)));
        }
        if (raw == Set.class) {
            return kept(shape, new Containers.OfSet(codec(shape.argument(0), where, problems)));
        }
        if (raw == Optional.class) {
            return kept(shape, new Containers.OfOptional(codec(shape.argument(0), where, problems)));
        }
        if (raw == Map.class) {
            return mapOf(shape, where, problems);
        }
        if (raw.isEnum()) {
            return kept(shape, enumCodec(raw));
        }
        if (raw.isRecord()) {
            return record(shape, where, problems);
        }
        if (raw.isSealed()) {
            return family(shape, where, problems);
        }
        if (Modifier.isAbstract(raw.getModifiers()) && holdsSomething(raw)) {
            return kept(shape, new OpenCodec(this, raw));
        }
        problems.add(new Problem(where + " is a '" + raw.getName() + "', which has no closed JSON form", mend(raw)));
        return open;
    }

    private static String mend(Class<?> raw) {
        if (Collection.class.isAssignableFrom(raw)) {
            return "Declare it as a List or a Set";
        }
        if (Map.class.isAssignableFrom(raw)) {
            return "Declare it as a Map<String, …>";
        }
        if (raw.isInterface()) {
            return "Make it sealed, or name the classes that stand there with types(...) of the graph";
        }
        return raw.isArray() ? "Declare it as a List" : MEND;
    }

    private ValueCodec kept(TypeShape shape, ValueCodec codec) {
        codecs.put(shape, codec);
        return codec;
    }

    private boolean holdsSomething(Class<?> type) {
        return type == Number.class || registered.stream().anyMatch(type::isAssignableFrom);
    }

    private ValueCodec mapOf(TypeShape shape, String where, List<Problem> problems) {
        if (shape.argument(0).raw() != String.class && !shape.arguments().isEmpty()) {
            problems.add(new Problem(
                    where + " is a Map with keys of '" + shape.argument(0).raw().getName() + "'",
                    "Use String keys, or a List of records"));
        }
        return kept(shape, new Containers.OfMap(codec(shape.argument(1), where, problems)));
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // the class is that of an enum
    private static ValueCodec enumCodec(Class<?> type) {
        Class raw = type;
        return new TextCodec<Enum<?>>(raw, Enum::name, name -> Enum.valueOf(raw, name));
    }

    private ValueCodec record(TypeShape shape, String where, List<Problem> problems) {
        RecordCodec codec;
        try {
            codec = new RecordCodec(shape.raw());
        } catch (IllegalAccessException e) {
            problems.add(new Problem(
                    where + " is a '" + shape.raw().getName() + "', which can't be reached from here",
                    "Make the record public in an exported package, or open its package to "
                            + getClass().getModule()));
            return open;
        }
        codecs.put(shape, codec);
        RecordComponent[] components = shape.raw().getRecordComponents();
        for (int i = 0; i < components.length; i++) {
            String inside = where + ", in it '" + shape.raw().getSimpleName() + "." + components[i].getName() + "'";
            codec.part(i, codec(shape.inside(components[i].getGenericType()), inside, problems));
        }
        return codec;
    }

    private ValueCodec family(TypeShape shape, String where, List<Problem> problems) {
        FamilyCodec codec = new FamilyCodec();
        codecs.put(shape, codec);
        addMembers(codec, shape.raw(), where, problems);
        return codec;
    }

    private void addMembers(FamilyCodec codec, Class<?> type, String where, List<Problem> problems) {
        for (Class<?> member : type.getPermittedSubclasses()) {
            if (member.isSealed() && !member.isEnum()) {
                addMembers(codec, member, where, problems);
            } else if (!codec.add(member, codec(TypeShape.of(member), where, problems))) {
                problems.add(new Problem(
                        where + " is a '" + type.getName() + "' with two members named '" + member.getSimpleName()
                                + "'",
                        "Rename one of them"));
            }
        }
    }

    /** The name and form of a value that stands in an open place. */
    Tagged tagOf(Object value) {
        Class<?> type = classOf(value);
        Tagged known = byClass.get(type);
        if (known == null) {
            known = tagOfKind(value);
        }
        if (known == null) {
            throw notStorable(type);
        }
        return known;
    }

    private @Nullable Tagged tagOfKind(Object value) {
        for (NamedCodec codec : named) {
            if (codec.type().isInstance(value)) {
                return byName.get(codec.name());
            }
        }
        if (value instanceof Map<?, ?> map && map.keySet().stream().allMatch(String.class::isInstance)) {
            return byName.get("Map");
        }
        if (value instanceof Set<?>) {
            return byName.get("Set");
        }
        return null;
    }

    /** Whether a list is just that, not one that a codec knows better. */
    boolean isPlainList(Object value) {
        return named.stream().noneMatch(codec -> codec.type().isInstance(value));
    }

    boolean isTagged(Object value) {
        return byClass.containsKey(classOf(value)) || tagOfKind(value) != null;
    }

    static Class<?> classOf(Object value) {
        return value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();
    }

    /** The form of values under a name. */
    ValueCodec tagged(String name) {
        Tagged tagged = byName.get(name);
        if (tagged == null) {
            throw new UnreadableException(
                    "it has a value tagged " + StudioException.quote(name) + ", a type that the graph does not know");
        }
        return tagged.codec();
    }

    static StudioException notStorable(Class<?> type) {
        return new StudioException(
                ErrorCode.TYPE_NOT_STORABLE,
                "A value of class '" + type.getName()
                        + "' stands where the graph has to store it, and is none of its types",
                "Name the class in types(...) of the graph, if it is a record or an enum, or give types(...) a TypeCodec");
    }

    /** A value in an open place, or of a class that the reader will name. */
    void writeOpen(Object value, JsonOut out) {
        Class<?> type = classOf(value);
        if (isTagged(value) || value instanceof List<?>) {
            open.write(value, out);
        } else {
            ValueCodec codec = demanded(type);
            out.beginObject();
            out.key(type.getSimpleName());
            codec.write(value, out);
            out.endObject();
        }
    }

    /** The codec of a class that the program, not storage, names. */
    private ValueCodec demanded(Class<?> type) {
        List<Problem> problems = new ArrayList<>();
        ValueCodec codec = type.isRecord() || type.isEnum() || type.isSealed()
                ? codec(TypeShape.of(type), "A value", problems)
                : null;
        if (codec == null) {
            throw notStorable(type);
        }
        if (!problems.isEmpty()) {
            throw new StudioException(
                    ErrorCode.TYPE_NOT_STORABLE,
                    problems.get(0).what(),
                    problems.get(0).mend());
        }
        return codec;
    }

    /** Reads what {@link #writeOpen} wrote. */
    <T> T readOpen(Object tree, Class<T> type) {
        Object value = tree instanceof Map<?, ?> map ? demandedValue(map, tree, type) : open.read(tree);
        if (value instanceof Integer number && type == Long.class) {
            value = number.longValue();
        } else if (value instanceof Integer number && type == Double.class) {
            value = number.doubleValue();
        }
        if (!type.isInstance(value)) {
            throw new UnreadableException("it is a " + value.getClass().getSimpleName());
        }
        return type.cast(value);
    }

    private Object demandedValue(Map<?, ?> map, Object tree, Class<?> type) {
        if (map.size() == 1) {
            Map.Entry<?, ?> only = map.entrySet().iterator().next();
            Object inner = only.getValue();
            Class<?> member = inner == null ? null : member(type, (String) only.getKey());
            if (member != null && inner != null) {
                return demanded(member).read(inner);
            }
        }
        return open.read(tree);
    }

    /** The class of this name that a declared type may stand for. */
    private static @Nullable Class<?> member(Class<?> type, String name) {
        if (type.isSealed() && !type.isEnum()) {
            for (Class<?> each : type.getPermittedSubclasses()) {
                Class<?> found = member(each, name);
                if (found != null) {
                    return found;
                }
            }
            return null;
        }
        return (type.isRecord() || type.isEnum()) && type.getSimpleName().equals(name) ? type : null;
    }

    /** How values of a type are named and written in an open place. */
    record Tagged(String name, ValueCodec codec) {}

    /** Why something can't be stored, and what to do. */
    record Problem(String what, String mend) {}
}
