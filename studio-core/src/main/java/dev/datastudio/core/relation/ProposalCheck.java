package dev.datastudio.core.relation;

import dev.datastudio.api.relation.Key;
import dev.datastudio.api.relation.Relation;
import dev.datastudio.core.relation.internal.Candidate;
import dev.datastudio.core.relation.internal.KeyValues;
import dev.datastudio.core.table.TableInfo.ColumnInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Holds proposals against the data. Not thread-safe; used once. */
final class ProposalCheck {
    private final List<RelationTable> tables;
    private final List<Relation> found;
    private final KeyValues values;

    ProposalCheck(List<RelationTable> tables, List<Relation> found, KeyValues values) {
        this.tables = tables;
        this.found = found;
        this.values = values;
    }

    /** A proposal whose columns are there, or what is the matter with it. */
    private record Seen(ProposedRelation proposal, Optional<Candidate> candidate, String problem) {
        static Seen not(ProposedRelation proposal, String problem) {
            return new Seen(proposal, Optional.empty(), problem);
        }
    }

    List<CheckedRelation> check(List<ProposedRelation> proposals) {
        List<Seen> all = proposals.stream().map(this::seen).toList();
        count(all);
        List<Seen> turned = all.stream().map(this::turned).toList();
        values.compare(turned.stream()
                .flatMap(seen -> seen.candidate().stream())
                .filter(candidate -> candidate.refersToKey(values))
                .toList());
        return turned.stream().map(this::checked).toList();
    }

    private Seen seen(ProposedRelation proposal) {
        if (proposal.from().columns().size() != 1 || proposal.to().columns().size() != 1) {
            return Seen.not(proposal, "Only relations of one column are held against the data");
        }
        Optional<RelationTable> from = table(proposal.from());
        Optional<RelationTable> to = table(proposal.to());
        Optional<ColumnInfo> column = from.flatMap(table -> column(table, proposal.from()));
        Optional<ColumnInfo> key = to.flatMap(table -> column(table, proposal.to()));
        if (from.isEmpty() || to.isEmpty() || column.isEmpty() || key.isEmpty()) {
            return Seen.not(proposal, "There is no column " + (column.isEmpty() ? proposal.from() : proposal.to()));
        }
        Candidate candidate = new Candidate(from.get(), column.get(), to.get(), key.get());
        if (!candidate.fits()) {
            return Seen.not(
                    proposal,
                    proposal.from() + " and " + proposal.to() + " can't hold the same values: "
                            + column.get().type() + " and " + key.get().type());
        }
        return new Seen(proposal, Optional.of(candidate), "");
    }

    private Optional<RelationTable> table(Key key) {
        return tables.stream().filter(table -> table.ref().equals(key.table())).findFirst();
    }

    private static Optional<ColumnInfo> column(RelationTable table, Key key) {
        return table.info().columns().stream()
                .filter(column -> column.name().equalsIgnoreCase(key.columns().get(0)))
                .findFirst();
    }

    private void count(List<Seen> all) {
        Map<RelationTable, Set<ColumnInfo>> columns = new LinkedHashMap<>();
        for (Seen seen : all) {
            seen.candidate().ifPresent(candidate -> candidate.addColumns(columns));
        }
        columns.forEach((table, some) -> values.count(table, new ArrayList<>(new LinkedHashSet<>(some))));
    }

    /** A parent that is said to refer to its children. */
    private Seen turned(Seen seen) {
        Optional<Candidate> back = seen.candidate()
                .filter(candidate -> !candidate.refersToKey(values))
                .map(Candidate::turned)
                .filter(candidate -> candidate.refersToKey(values));
        return back.isEmpty() ? seen : new Seen(seen.proposal(), back, "");
    }

    private CheckedRelation checked(Seen seen) {
        if (seen.candidate().isEmpty()) {
            return new CheckedRelation(seen.proposal(), Optional.empty(), seen.problem());
        }
        Candidate candidate = seen.candidate().get();
        String problem = candidate.problem(values);
        if (!problem.isEmpty()) {
            return new CheckedRelation(seen.proposal(), Optional.empty(), problem);
        }
        Relation relation = candidate.proposed(values, seen.proposal().by(), refersElsewhere(candidate));
        return new CheckedRelation(
                seen.proposal(),
                Optional.of(relation),
                relation.evidence().get(0).words());
    }

    private boolean refersElsewhere(Candidate candidate) {
        return found.stream()
                .anyMatch(relation -> relation.isUsable()
                        && relation.from().equals(candidate.from())
                        && !relation.to().equals(candidate.to()));
    }
}
