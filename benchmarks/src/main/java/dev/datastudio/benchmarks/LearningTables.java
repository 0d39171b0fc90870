package dev.datastudio.benchmarks;

import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.core.Studio;
import dev.datastudio.ml.TrainingOptions;
import dev.datastudio.ml.internal.TrainingData;
import dev.datastudio.ml.prepare.internal.Matrix;
import dev.datastudio.ml.prepare.internal.Preparer;
import dev.datastudio.ml.prepare.internal.Target;
import dev.datastudio.ml.spec.TrainingSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The tables that models are compared on, as files of numbers: {@code train0.f64} and {@code test0.f64}, and so on for each
 * part: how many columns there are, then row by row, all as 64-bit floating point, the least significant byte first; the
 * target is the last column, classes are 0, 1, … Text would take more memory to read than a model to be fitted.
 */
final class LearningTables {
    /**
     * Between single parts the scores of equally good trees differ by more than is asked for: at 800 test rows by 0.024.
     * Over so many rows the mean of the differences has a standard error of half of what is asked for.
     */
    private static final int GENERATED_ROWS = 80_000;

    private static final int REAL_PARTS = 20;
    private static final int COLUMNS = 20;

    private LearningTables() {}

    /**
     * A table in a folder.
     *
     * @param parts how many pairs of training and test rows it has
     */
    record Table(String name, Path folder, boolean isClasses, int parts) {}

    private interface Truth {
        double at(double[] row, SplittableRandom random);
    }

    /** Two and four classes, and a number, of twenty features of which five count. */
    static List<Table> generated(Path scratch, int rows) throws IOException {
        return List.of(classes(scratch, rows, 2), classes(scratch, rows, 4), numbers(scratch, rows));
    }

    /** Two tables of the folder of real data sets, prepared as models get them. */
    static List<Table> real(Path scratch, Path data) throws IOException {
        try (Studio studio = Studio.open(scratch.resolve("workspace"))) {
            return List.of(
                    real(
                            studio,
                            scratch,
                            data.resolve("titanic.csv"),
                            "titanic, survived",
                            TrainingSpec.predicting("survived")
                                    .from("pclass", "sex", "age", "sibsp", "parch", "fare", "embarked")),
                    real(
                            studio,
                            scratch,
                            data.resolve("movies.csv"),
                            "movies, IMDB Rating",
                            TrainingSpec.predicting("IMDB Rating")
                                    .from(
                                            "US Gross",
                                            "Worldwide Gross",
                                            "Production Budget",
                                            "MPAA Rating",
                                            "Running Time min",
                                            "Source",
                                            "Major Genre",
                                            "Creative Type",
                                            "Rotten Tomatoes Rating",
                                            "IMDB Votes")));
        }
    }

    private static Table real(Studio studio, Path scratch, Path file, String name, TrainingSpec spec)
            throws IOException {
        Dataset dataset = studio.datasets().importFile(file);
        Path folder = Files.createDirectory(scratch.resolve(name.replaceAll("\\W+", "-")));
        boolean isClasses = false;
        for (int part = 0; part < REAL_PARTS; part++) {
            TrainingData data =
                    TrainingData.read(studio, studio.caller(), dataset, spec.seeded(part), TrainingOptions.DEFAULT);
            Preparer preparer = new Preparer(spec.preparation(), new Preparer.Traits(false, true), part);
            Preparer.Fit fit = preparer.fit(data.columns(), false, data.train());
            Target test = data.test();
            write(
                    folder.resolve("train" + part + ".f64"),
                    fit.train(),
                    data.train().values());
            write(
                    folder.resolve("test" + part + ".f64"),
                    fit.preparation().apply(data.table().rows(test.rows())),
                    test.values());
            isClasses = test.isClasses();
        }
        return new Table(name, folder, isClasses, REAL_PARTS);
    }

    private static Table classes(Path scratch, int rows, int count) throws IOException {
        return generated(scratch, count + " classes", rows, true, (x, random) -> {
            double sum =
                    x[0] * x[1] + Math.sin(2 * x[2]) + 0.5 * x[3] + 0.5 * x[4] * x[4] + 0.3 * random.nextGaussian();
            return count == 2 ? (sum > 0.4 ? 1 : 0) : Math.max(0, Math.min(count - 1, Math.floor(sum + 1.5)));
        });
    }

    private static Table numbers(Path scratch, int rows) throws IOException {
        return generated(
                scratch,
                "a number",
                rows,
                false,
                (x, random) ->
                        3 * x[0] + 2 * x[1] * x[2] + Math.sin(3 * x[3]) + x[4] * x[4] + 0.3 * random.nextGaussian());
    }

    private static Table generated(Path scratch, String name, int rows, boolean isClasses, Truth truth)
            throws IOException {
        SplittableRandom random = new SplittableRandom(name.hashCode());
        Path folder = Files.createDirectory(scratch.resolve(name.replaceAll("\\W+", "-")));
        int parts = Math.max(5, GENERATED_ROWS / rows);
        for (int part = 0; part < parts; part++) {
            generate(folder.resolve("train" + part + ".f64"), rows * 4 / 5, truth, random);
            generate(folder.resolve("test" + part + ".f64"), rows / 5, truth, random);
        }
        return new Table(name, folder, isClasses, parts);
    }

    private static void generate(Path file, int rows, Truth truth, SplittableRandom random) throws IOException {
        double[] values = new double[rows * COLUMNS];
        double[] labels = new double[rows];
        for (int row = 0; row < rows; row++) {
            double[] x = new double[COLUMNS];
            Arrays.setAll(x, i -> random.nextGaussian());
            System.arraycopy(x, 0, values, row * COLUMNS, COLUMNS);
            labels[row] = truth.at(x, random);
        }
        write(file, new Matrix(values, rows, COLUMNS), labels);
    }

    private static void write(Path file, Matrix matrix, double[] last) throws IOException {
        int columns = matrix.columns();
        ByteBuffer bytes = ByteBuffer.allocate((1 + last.length * (columns + 1)) * Double.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.putDouble(columns + 1);
        for (int row = 0; row < matrix.rows(); row++) {
            for (int column = 0; column < columns; column++) {
                bytes.putDouble(matrix.at(row, column));
            }
            bytes.putDouble(last[row]);
        }
        Files.write(file, bytes.array());
    }

    /** Rows and targets of a file. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Rows(Matrix features, double[] labels) {
        static Rows read(Path file) throws IOException {
            DoubleBuffer numbers = ByteBuffer.wrap(Files.readAllBytes(file))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asDoubleBuffer();
            int columns = (int) numbers.get() - 1;
            double[] labels = new double[numbers.remaining() / (columns + 1)];
            double[] values = new double[labels.length * columns];
            for (int row = 0; row < labels.length; row++) {
                numbers.get(values, row * columns, columns);
                labels[row] = numbers.get();
            }
            return new Rows(new Matrix(values, labels.length, columns), labels);
        }
    }
}
