package dev.datastudio.core.query.internal;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The tables that statements may read, compared without regard to case. Immutable. */
final class TableNames {
    private static final int MAX_SHOWN = 20;

    private final List<String> names;
    private final Set<String> folded;

    TableNames(Collection<String> names) {
        this.names = List.copyOf(names);
        this.folded = names.stream().map(TableNames::fold).collect(Collectors.toUnmodifiableSet());
    }

    boolean contains(String name) {
        return folded.contains(fold(name));
    }

    /** As a list for a message, such as {@code [orders, customers]}. */
    String shown() {
        String list = names.stream().limit(MAX_SHOWN).collect(Collectors.joining(", "));
        return "[" + list + (names.size() > MAX_SHOWN ? ", …" : "") + "]";
    }

    Optional<String> nearest(String name) {
        return NearestName.of(name, names);
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
