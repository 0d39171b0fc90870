package dev.datastudio.ml.evaluate;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How much a column matters to a model. Immutable.
 *
 * @param column of the data set
 * @param drop by how much the main metric gets worse when the column's values are shuffled among the test rows
 *     (permutation importance, Breiman, 2001); about 0 or below when the column does not matter
 * @param share how much of the model is made of the column's features, all columns adding up to 1: of boosted trees the
 *     gain of their splits, of a tree or forest the fall of the squared error (of classes the Gini impurity), of linear
 *     models the size of the coefficients. Null where the kind of model does not tell
 * @param shap how far the column moves a prediction on average, either way, in the unit of the margin: the mean absolute
 *     SHAP value (Lundberg and Lee, 2017) of some test rows, over all classes. Null but for trees, forests,
 *     boosted and linear models
 * @param shapRows of how many test rows that is the mean, at most 300; of forests so large that 20 would take longer than some
 *     tenths of a second it is 20, whose values are rough: branches that take part by less than 0.005 count as their mean, and
 *     at most 200 trees do. 0 without such a mean, and where it was not recorded
 */
public record Importance(
        String column,
        double drop,
        @Nullable Double share,
        @Nullable Double shap,
        int shapRows) {
    public Importance {
        Objects.requireNonNull(column, "column");
    }

    /** One of a model of which nothing but predictions is known. */
    public Importance(String column, double drop) {
        this(column, drop, null, null, 0);
    }
}
