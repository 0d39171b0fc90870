package dev.datastudio.ml.train.internal.linear;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.ml.algorithm.LogisticRegression;
import dev.datastudio.ml.prepare.internal.Matrix;
import dev.datastudio.ml.train.internal.model.Course;
import dev.datastudio.ml.train.internal.model.Examples;
import dev.datastudio.ml.train.internal.model.Packed;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Row A3: where the loss is lowest its slope is 0, worked out here row by row from what the model predicts. */
class LogisticTest {
    private static final int COLUMNS = 3;

    /** More rows than one thread sums up, and never a multiple of how many are taken at once. */
    @ParameterizedTest
    @CsvSource({"2, 21", "2, 5001", "3, 22", "4, 5003"})
    void theSlopeIsNothingWhereItEnds(int classes, int rows) {
        SplittableRandom random = new SplittableRandom(7);
        double[] values = random.doubles((long) rows * COLUMNS, -2, 2).toArray();
        double[] labels = new double[rows];
        double[] weights = new double[rows];
        for (int row = 0; row < rows; row++) {
            double sum = values[row * COLUMNS] + random.nextDouble(-2, 2);
            labels[row] = Math.min(classes - 1, Math.max(0, Math.floor(sum / 2 + classes / 2.0)));
            weights[row] = row % 3 == 0 ? 2.5 : 1;
        }
        Matrix x = new Matrix(values, rows, COLUMNS);
        LogisticRegression spec = LogisticRegression.DEFAULT;

        Logistic model = Logistic.fit(
                spec,
                new Examples(x, labels, weights, classes, Optional.empty(), 1),
                new Course(Cancellation.none(), ProgressListener.NONE, 2));

        double[] shares = model.predict(x);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        model.write(json);
        double[] coefficients = Packed.doubles(json, "coefficients");
        int sets = classes == 2 ? 1 : classes;
        double least = 1e-4 * Math.sqrt(rows) + 1e-9;
        for (int set = 0; set < sets; set++) {
            int each = classes == 2 ? 1 : set;
            for (int j = 0; j <= COLUMNS; j++) {
                double coefficient = coefficients[set * (COLUMNS + 1) + j];
                double slope = j < COLUMNS ? coefficient / spec.regularization() : 0; // constants are not shrunk
                for (int row = 0; row < rows; row++) {
                    double off = shares[row * classes + each] - (labels[row] == each ? 1 : 0);
                    slope += weights[row] * off * (j < COLUMNS ? values[row * COLUMNS + j] : 1);
                }
                assertEquals(0, slope, least, "class " + each + ", feature " + j);
            }
        }
        assertTrue(Arrays.stream(coefficients).anyMatch(each -> Math.abs(each) > 0.5), "nothing was learnt");
    }
}
