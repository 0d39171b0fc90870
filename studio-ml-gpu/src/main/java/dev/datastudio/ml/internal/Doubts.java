package dev.datastudio.ml.internal;

import dev.datastudio.api.error.StudioException;
import dev.datastudio.ml.evaluate.Evaluation;
import dev.datastudio.ml.evaluate.Metric;
import dev.datastudio.ml.prepare.internal.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What makes the numbers of an evaluation worth less than they look. */
final class Doubts {
    /** The bounds of fewer rows are so wide that hardly two models can be told apart. */
    private static final int FEW_TEST_ROWS = 30;

    private static final int FEW_ROWS_OF_A_CLASS = 10;
    private static final double AREA_BY_CHANCE = 0.5;

    private Doubts() {}

    /** Whole sentences; none when the numbers can be taken as they are. */
    static List<String> of(Evaluation evaluation, Target train, Target test) {
        List<String> doubts = new ArrayList<>();
        if (train.isClasses()) {
            classes(train, test, doubts);
        }
        if (test.rows().length < FEW_TEST_ROWS) {
            doubts.add("It was judged on " + test.rows().length + " rows only: believe the bounds more than the numbers"
                    + (evaluation.numbers().folds().isEmpty() ? ", or ask for a cross-validation." : "."));
        }
        plain(evaluation).ifPresent(doubts::add);
        return doubts;
    }

    private static void classes(Target train, Target test, List<String> doubts) {
        int[] learnt = counts(train);
        int[] judged = counts(test);
        for (int i = 0; i < learnt.length; i++) {
            String name = StudioException.quote(train.classes().get(i));
            if (learnt[i] == 0) {
                doubts.add("No training row has the class " + name + ", so the model can't tell it.");
            } else if (judged[i] == 0) {
                doubts.add("No row that it was judged on has the class " + name + ", of which it learnt "
                        + rows(learnt[i]) + ": how well it tells that class is not known.");
            } else if (learnt[i] < FEW_ROWS_OF_A_CLASS) {
                doubts.add("It learnt " + rows(learnt[i]) + " of the class " + name + " only.");
            }
        }
    }

    private static String rows(int count) {
        return count == 1 ? "1 row" : count + " rows";
    }

    private static int[] counts(Target target) {
        int[] counts = new int[target.classes().size()];
        for (double label : target.values()) {
            counts[(int) label]++;
        }
        return counts;
    }

    /** Whether the baseline may do as well; a model that orders the rows of rare classes well is better than it, too. */
    private static Optional<String> plain(Evaluation evaluation) {
        Metric main = evaluation.numbers().metrics().get(0);
        double base = evaluation.numbers().baseline().stream()
                .filter(each -> each.name().equals(main.name()))
                .mapToDouble(Metric::value)
                .findFirst()
                .orElse(Double.NaN);
        boolean orders = evaluation.numbers().metrics().stream()
                .anyMatch(each -> each.name().equals("roc_auc") && each.low() > AREA_BY_CHANCE);
        if (!(main.low() <= base) || orders) { // also when there is no baseline
            return Optional.empty();
        }
        String name = main.name().equals("r2") ? "R²" : main.name();
        return Optional.of(String.format(
                Locale.ROOT,
                "It %s than the baseline, which tells the same of every row: %s %.3f (%.3f to %.3f) beside %.3f.",
                main.value() <= base ? "is no better" : "may be no better",
                name,
                main.value(),
                main.low(),
                main.high(),
                base));
    }
}
