package dev.datastudio.rag.index;

import dev.datastudio.api.search.SearchFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.document.LongField;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.util.BytesRef;

/** Filters as queries of Lucene that don't score. */
final class FilterQueries {
    private FilterQueries() {}

    /** Empty when the filter lets all through. */
    static Optional<Query> of(SearchFilter filter) {
        Query query = query(filter);
        return query instanceof MatchAllDocsQuery ? Optional.empty() : Optional.of(query);
    }

    private static Query query(SearchFilter filter) {
        if (filter instanceof SearchFilter.AnyOf anyOf) {
            return anyOf(anyOf);
        } else if (filter instanceof SearchFilter.Between between) {
            return between.from() > between.to()
                    ? new MatchNoDocsQuery("empty range")
                    : LongField.newRangeQuery(
                            PassageFields.numberAttribute(between.attribute()), between.from(), between.to());
        } else if (filter instanceof SearchFilter.And and) {
            return all(and);
        } else if (filter instanceof SearchFilter.Or or) {
            return any(or);
        } else if (filter instanceof SearchFilter.Not not) {
            return new BooleanQuery.Builder()
                    .add(new MatchAllDocsQuery(), Occur.MUST)
                    .add(query(not.part()), Occur.MUST_NOT)
                    .build();
        }
        throw new AssertionError(filter);
    }

    private static Query anyOf(SearchFilter.AnyOf filter) {
        if (filter.values().isEmpty()) {
            return new MatchNoDocsQuery("no values");
        }
        if (filter.values().get(0) instanceof Long) {
            long[] values = filter.values().stream().mapToLong(Long.class::cast).toArray();
            return LongField.newSetQuery(PassageFields.numberAttribute(filter.attribute()), values);
        }
        List<BytesRef> values = new ArrayList<>();
        filter.values().forEach(value -> values.add(new BytesRef((String) value)));
        return new TermInSetQuery(PassageFields.textAttribute(filter.attribute()), values);
    }

    private static Query all(SearchFilter.And filter) {
        if (filter.parts().isEmpty()) {
            return new MatchAllDocsQuery();
        }
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        filter.parts().forEach(part -> all.add(query(part), Occur.FILTER));
        return all.build();
    }

    private static Query any(SearchFilter.Or filter) {
        if (filter.parts().isEmpty()) {
            return new MatchNoDocsQuery("no parts");
        }
        BooleanQuery.Builder any = new BooleanQuery.Builder();
        filter.parts().forEach(part -> any.add(query(part), Occur.SHOULD));
        return any.build();
    }
}
