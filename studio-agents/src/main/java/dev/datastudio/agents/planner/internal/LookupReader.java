package dev.datastudio.agents.planner.internal;

import dev.datastudio.core.analysis.Aggregate;
import dev.datastudio.core.analysis.AnalysisPlan;
import dev.datastudio.core.analysis.Condition;
import dev.datastudio.core.analysis.Measure;
import dev.datastudio.core.analysis.Operation;
import dev.datastudio.core.analysis.Step;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Reads questions that look something up beside a value that they name: the row after another one, which of two is
 * larger, what has the same as another, by how much two differ. The kinds of question are those that Pasupat and Liang
 * found people to ask about tables of the web (Compositional Semantic Parsing on Semi-Structured Tables, 2015). Every
 * word must be accounted for, else there is no reading. Immutable.
 */
final class LookupReader {
    private static final int MOST_WORDS = 40;
    private static final Set<String> GROUPS =
            Set.of("by", "per", "each", "every", "across", "for", "and", "different", "various", "wise");

    private static final List<Function<LookupSentence, Optional<Step>>> ALL = List.of(
            s -> new PairLookup(s).read(),
            s -> new ThanLookup(s).read(),
            s -> new SameLookup(s).read(),
            s -> new NeighbourLookup(s).read(),
            s -> new EndLookup(s).read(),
            s -> new RowLookup(s).read());

    private final SchemaIndex index;
    private final LookupWords words;

    LookupReader(SchemaIndex index) {
        this.index = index;
        this.words = new LookupWords(index);
    }

    /** A step that answers, with what was decided on the way. */
    record Found(Step step, List<String> notes, List<Item> items) {}

    /** Any look-up. */
    Optional<Found> read(List<Token> tokens) {
        return read(tokens, ALL);
    }

    /** The row beside another one, which "after" and "before" a value of text ask for and nothing else. */
    Optional<Found> readNeighbour(List<Token> tokens) {
        return read(tokens, List.of(s -> new NeighbourLookup(s).read()));
    }

    /** What two named things have beside one another. */
    Optional<Found> readPair(List<Token> tokens) {
        return read(tokens, List.of(s -> new PairLookup(s).read()));
    }

    /** Whether a plan sets two rows of a table against one another as if they were groups of rows. */
    boolean comparesRows(AnalysisPlan plan) {
        Step step = plan.steps().get(0);
        boolean isOneOf =
                step.filter() instanceof Condition.OneOf o && o.values().size() == 2;
        return plan.steps().size() == 1
                && (step.operation() == Operation.COMPARISON || isOneOf)
                && step.dimensions().size() <= 2;
    }

    /** "Who has the highest": whoever it is, and not the number; "the least attendance" where numbers are texts. */
    boolean missesWho(AnalysisPlan plan, List<Token> tokens) {
        Step step = plan.steps().get(0);
        boolean isNumber = step.dimensions().isEmpty()
                && step.measures().size() == 1
                && step.measures().get(0) instanceof Measure.Aggregated a
                && (a.aggregate() == Aggregate.MAX || a.aggregate() == Aggregate.MIN);
        boolean countsNumbers = step.limit() != null
                && step.measures().stream()
                        .anyMatch(m ->
                                m instanceof Measure.Aggregated a && a.aggregate() == Aggregate.COUNT && isText(a));
        return plan.steps().size() == 1
                && step.operation() == Operation.AGGREGATE
                && (countsNumbers || (isNumber && tokens.get(0).text().equals("who")));
    }

    private boolean isText(Measure.Aggregated counted) {
        return counted.columns().stream()
                .anyMatch(
                        r -> index.find(r.name()).filter(index::isNumberAsText).isPresent());
    }

    /** How many rows there are of some values. */
    Optional<Found> readRows(List<Token> tokens) {
        return read(tokens, List.of(s -> new RowLookup(s).read()));
    }

    private Optional<Found> read(List<Token> tokens, List<Function<LookupSentence, Optional<Step>>> readers) {
        if (tokens.size() > MOST_WORDS) {
            return Optional.empty();
        }
        List<Item> items = words.of(tokens);
        for (var reader : readers) {
            var sentence = new LookupSentence(index, items);
            Optional<Step> step = reader.apply(sentence);
            if (step.isPresent() && sentence.isCovered()) {
                return step.map(s -> new Found(s, sentence.notes(), items));
            }
        }
        return Optional.empty();
    }

    /** Whether a plan shows rows, or the values of a column, in no order of its own. */
    static boolean isOfRows(AnalysisPlan plan) {
        Step step = plan.steps().get(0);
        boolean lists = step.operation() == Operation.LIST
                || (step.operation() == Operation.AGGREGATE && step.measures().isEmpty());
        return plan.steps().size() == 1 && lists && step.order().isEmpty() && step.limit() == null;
    }

    /** Whether a plan counts by a column though the question has no word for groups: "how many players play CB". */
    static boolean countsByWhatIsCounted(AnalysisPlan plan, List<Token> tokens) {
        Step step = plan.steps().get(0);
        boolean counts = step.operation() == Operation.AGGREGATE
                && !step.dimensions().isEmpty()
                && step.measures().equals(List.of(Measure.count()))
                && step.order().isEmpty();
        boolean groups = tokens.stream().anyMatch(t -> GROUPS.contains(t.text()));
        return plan.steps().size() == 1 && counts && !groups;
    }
}
