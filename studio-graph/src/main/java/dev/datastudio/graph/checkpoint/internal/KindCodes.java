package dev.datastudio.graph.checkpoint.internal;

import dev.datastudio.api.checkpoint.EntryKind;
import java.sql.SQLDataException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The numbers that kinds of entries are stored as. Never change one: databases hold them. */
final class KindCodes {
    static final int SNAPSHOT = 0;

    private static final List<EntryKind> BY_CODE = List.of(
            EntryKind.SNAPSHOT,
            EntryKind.STEP,
            EntryKind.TASK,
            EntryKind.MEMO,
            EntryKind.EFFECT,
            EntryKind.INTERRUPT,
            EntryKind.INPUT,
            EntryKind.END);

    private static final Map<EntryKind, Integer> CODES = codes();

    private KindCodes() {}

    private static Map<EntryKind, Integer> codes() {
        Map<EntryKind, Integer> codes = new EnumMap<>(EntryKind.class);
        for (EntryKind kind : EntryKind.values()) {
            codes.put(kind, BY_CODE.indexOf(kind));
        }
        return codes;
    }

    static int codeOf(EntryKind kind) {
        return CODES.getOrDefault(kind, -1);
    }

    static EntryKind kindOf(int code) throws SQLDataException {
        if (code < 0 || code >= BY_CODE.size()) {
            throw new SQLDataException("No kind of entry has the code " + code);
        }
        return BY_CODE.get(code);
    }
}
