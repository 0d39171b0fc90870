package dev.datastudio.graph.internal.log;

import java.util.HashMap;
import java.util.Map;

/** Values of a sealed type: an object of one key, the simple name of the class. Immutable once its members are set. */
final class FamilyCodec extends ValueCodec {
    private final Map<Class<?>, String> names = new HashMap<>();
    private final Map<String, ValueCodec> members = new HashMap<>();

    /** Adds a member, after the constructor, as a family may hold itself; gives whether its name was free. */
    boolean add(Class<?> member, ValueCodec codec) {
        names.put(member, member.getSimpleName());
        return members.put(member.getSimpleName(), codec) == null;
    }

    @Override
    void write(Object value, JsonOut out) {
        Class<?> type = value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();
        String name = names.get(type);
        ValueCodec codec = name == null ? null : members.get(name);
        if (name == null || codec == null) {
            throw ValueTypes.notStorable(type);
        }
        out.beginObject();
        out.key(name);
        codec.write(value, out);
        out.endObject();
    }

    @Override
    Object read(Object tree) {
        Map<?, ?> map = expect(Map.class, tree);
        if (map.size() == 1) {
            Map.Entry<?, ?> only = map.entrySet().iterator().next();
            ValueCodec codec = members.get(only.getKey());
            Object value = only.getValue();
            if (codec != null && value != null) {
                return codec.read(value);
            }
        }
        throw new UnreadableException("it has " + map.keySet() + " where one of " + members.keySet() + " is expected");
    }
}
