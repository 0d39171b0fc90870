package dev.datastudio.core.cleaning.internal;

import dev.datastudio.core.query.internal.DuckDbDriver;
import java.util.ArrayList;
import java.util.List;

/**
 * A piece of SQL with the values of its question marks, so that no name or value is ever read as SQL. Immutable.
 *
 * @param sql with a {@code ?} for each value
 * @param parameters the values, in order
 */
record Fragment(String sql, List<Object> parameters) {
    static final Fragment MISSING = of("NULL");
    static final Fragment TRUE = of("TRUE");

    Fragment {
        parameters = List.copyOf(parameters);
    }

    /** Text of ours and other pieces, one after the other; a String is SQL text, never a name or value from outside. */
    static Fragment of(Object... pieces) {
        StringBuilder sql = new StringBuilder();
        List<Object> parameters = new ArrayList<>();
        for (Object piece : pieces) {
            if (piece instanceof Fragment fragment) {
                sql.append(fragment.sql());
                parameters.addAll(fragment.parameters());
            } else {
                sql.append((String) piece);
            }
        }
        return new Fragment(sql.toString(), parameters);
    }

    static Fragment name(String name) {
        return of(DuckDbDriver.identifier(name));
    }

    static Fragment text(String value) {
        return new Fragment("CAST(? AS VARCHAR)", List.of(value));
    }

    static Fragment number(double value) {
        return new Fragment("CAST(? AS DOUBLE)", List.of(value));
    }

    static Fragment join(String separator, List<Fragment> pieces) {
        List<Object> all = new ArrayList<>();
        for (Fragment piece : pieces) {
            if (!all.isEmpty()) {
                all.add(separator);
            }
            all.add(piece);
        }
        return of(all.toArray());
    }
}
