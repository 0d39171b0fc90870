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
 *     SHAP value (Lundberg and Lee, 2017) of at most 300 test rows, over all classes. Null but for trees, forests,
 *     boosted and linear models, and for forests so large that 20 rows would take longer than some tenths of a second
 */
public record Importance(
        String column,
        double drop,
        @Nullable Double share,
        @Nullable Double shap) {
    public Importance {
        Objects.requireNonNull(column, "column");
    }

    /** One of a model of which nothing but predictions is known. */
    public Importance(String column, double drop) {
        this(column, drop, null, null);
    }
}
