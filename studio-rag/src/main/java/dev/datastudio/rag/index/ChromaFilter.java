package dev.datastudio.rag.index;

import com.fasterxml.jackson.databind.JsonNode;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.search.SearchFilter;
import dev.datastudio.rag.index.internal.ChromaWhere;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A filter in Chroma's words. Chroma has no negation of a condition, so {@code Not} is pushed down to the comparisons by
 * De Morgan's laws; it has no question whether a metadatum is there either, so that of each number is kept beside it.
 * Texts and numbers are metadata of different names, since one attribute may be either. Immutable.
 */
final class ChromaFilter {
    /** The most values of one filter: the server binds each to a variable of SQLite, which has 32,766. */
    static final int MAX_VALUES = 30_000;

    private static final ChromaFilter ALL = new ChromaFilter(true, null);
    private static final ChromaFilter NONE = new ChromaFilter(false, null);
    private static final String TEXT = "text.";
    private static final String NUMBER = "number.";
    private static final String HAS_NUMBER = "has_number.";
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,31}");

    private final boolean always;
    private final @Nullable JsonNode where;

    private ChromaFilter(boolean always, @Nullable JsonNode where) {
        this.always = always;
        this.where = where;
    }

    /** @throws StudioException {@link ErrorCode#LIMIT_EXCEEDED} */
    static ChromaFilter of(SearchFilter filter) {
        int values = values(filter);
        if (values > MAX_VALUES) {
            throw new StudioException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "A filter of a search in Chroma has " + values + " values, more than " + MAX_VALUES,
                    "Filter by fewer values, or by an attribute that stands for them");
        }
        return of(filter, Sign.AS_IT_IS);
    }

    private static int values(SearchFilter filter) {
        if (filter instanceof SearchFilter.AnyOf anyOf) {
            return anyOf.values().size();
        }
        int values = filter instanceof SearchFilter.Between ? 3 : 0;
        for (SearchFilter part : parts(filter)) {
            values += values(part);
        }
        return values;
    }

    private static List<SearchFilter> parts(SearchFilter filter) {
        if (filter instanceof SearchFilter.And and) {
            return and.parts();
        }
        if (filter instanceof SearchFilter.Or or) {
            return or.parts();
        }
        return filter instanceof SearchFilter.Not not ? List.of(not.part()) : List.of();
    }

    /** Whether what a filter says must hold, or must not. */
    private enum Sign {
        AS_IT_IS,
        NEGATED;

        Sign opposite() {
            return this == AS_IT_IS ? NEGATED : AS_IT_IS;
        }
    }

    /** Whether nothing can be found. */
    boolean isNone() {
        return !always && where == null;
    }

    /** With another condition that must hold too; not for {@link #isNone}. */
    JsonNode and(JsonNode other) {
        return where == null ? other : ChromaWhere.all(List.of(other, where));
    }

    private static ChromaFilter of(SearchFilter filter, Sign sign) {
        boolean isNegated = sign == Sign.NEGATED;
        if (filter instanceof SearchFilter.Not not) {
            return of(not.part(), sign.opposite());
        }
        if (filter instanceof SearchFilter.And and) {
            return isNegated ? any(and.parts(), sign) : all(and.parts(), sign);
        }
        if (filter instanceof SearchFilter.Or or) {
            return isNegated ? all(or.parts(), sign) : any(or.parts(), sign);
        }
        if (filter instanceof SearchFilter.AnyOf anyOf) {
            return anyOf(anyOf, sign);
        }
        return between((SearchFilter.Between) filter, sign);
    }

    private static ChromaFilter all(List<SearchFilter> parts, Sign sign) {
        return join(parts, sign, NONE, ALL, ChromaWhere::all);
    }

    private static ChromaFilter any(List<SearchFilter> parts, Sign sign) {
        return join(parts, sign, ALL, NONE, ChromaWhere::any);
    }

    /**
     * @param decided what one part decides for all
     * @param neutral what a part may be left out for
     */
    private static ChromaFilter join(
            List<SearchFilter> parts,
            Sign sign,
            ChromaFilter decided,
            ChromaFilter neutral,
            Function<List<JsonNode>, JsonNode> joined) {
        List<JsonNode> conditions = new ArrayList<>();
        for (SearchFilter part : parts) {
            ChromaFilter inner = of(part, sign);
            if (inner.where != null) {
                conditions.add(inner.where);
            } else if (inner.always == decided.always) {
                return decided;
            }
        }
        return conditions.isEmpty() ? neutral : new ChromaFilter(true, joined.apply(conditions));
    }

    private static ChromaFilter anyOf(SearchFilter.AnyOf filter, Sign sign) {
        boolean isNegated = sign == Sign.NEGATED;
        if (filter.values().isEmpty() || !NAME.matcher(filter.attribute()).matches()) {
            return isNegated ? ALL : NONE;
        }
        String name = (filter.values().get(0) instanceof Long ? NUMBER : TEXT) + filter.attribute();
        List<Object> values = filter.values();
        return new ChromaFilter(true, isNegated ? ChromaWhere.notIn(name, values) : ChromaWhere.in(name, values));
    }

    private static ChromaFilter between(SearchFilter.Between filter, Sign sign) {
        boolean isNegated = sign == Sign.NEGATED;
        if (filter.from() > filter.to() || !NAME.matcher(filter.attribute()).matches()) {
            return isNegated ? ALL : NONE;
        }
        String name = NUMBER + filter.attribute();
        JsonNode where = isNegated
                ? ChromaWhere.any(List.of(
                        ChromaWhere.less(name, filter.from()),
                        ChromaWhere.more(name, filter.to()),
                        ChromaWhere.not(HAS_NUMBER + filter.attribute(), true)))
                : ChromaWhere.all(
                        List.of(ChromaWhere.atLeast(name, filter.from()), ChromaWhere.atMost(name, filter.to())));
        return new ChromaFilter(true, where);
    }

    /** Puts attributes where filters look for them. */
    static void write(Map<String, Object> attributes, Map<String, Object> metadata) {
        attributes.forEach((name, value) -> {
            if (value instanceof Long) {
                metadata.put(NUMBER + name, value);
                metadata.put(HAS_NUMBER + name, true);
            } else {
                metadata.put(TEXT + name, value);
            }
        });
    }

    /** The attributes that {@link #write} put there, by their names. */
    static Optional<Map.Entry<String, Object>> read(Map.Entry<String, Object> metadatum) {
        String name = metadatum.getKey();
        if (name.startsWith(TEXT)) {
            return Optional.of(Map.entry(name.substring(TEXT.length()), metadatum.getValue()));
        }
        return name.startsWith(NUMBER)
                ? Optional.of(Map.entry(name.substring(NUMBER.length()), metadatum.getValue()))
                : Optional.empty();
    }
}
