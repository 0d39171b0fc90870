package dev.datastudio.benchmarks;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.progress.ProgressListener;
import dev.datastudio.ml.algorithm.Algorithm;
import dev.datastudio.ml.evaluate.internal.Scores;
import dev.datastudio.ml.train.internal.Learners;
import dev.datastudio.ml.train.internal.model.Course;
import dev.datastudio.ml.train.internal.model.Examples;
import dev.datastudio.ml.train.internal.model.Model;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Fits and predicts as {@code benchmarks/peers/learning.py} does, and answers in the same words: for each line
 * {@code FOLDER ALGORITHM PARTS} of standard input {@code MILLISECONDS SCORE PEAK_MEGABYTES}.
 */
final class LearningProcess {
    private final Map<Path, LearningTables.Rows> known = new HashMap<>();

    private LearningProcess() {}

    public static void main(String[] arguments) throws IOException {
        LearningProcess process = new LearningProcess();
        System.out.println("READY");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", 3);
            System.out.println(process.answer(Path.of(words[0]), words[1], Integer.parseInt(words[2])));
        }
    }

    private String answer(Path folder, String algorithm, int parts) throws IOException {
        double millis = 0;
        double scores = 0;
        for (int part = 0; part < parts; part++) {
            LearningTables.Rows train = rows(folder.resolve("train" + part + ".f64"));
            LearningTables.Rows test = rows(folder.resolve("test" + part + ".f64"));
            double[] weights = new double[train.labels().length];
            Arrays.fill(weights, 1);
            int classes = classes(train.labels());
            Examples examples = new Examples(train.features(), train.labels(), weights, classes, Optional.empty(), 1);
            int threads = Runtime.getRuntime().availableProcessors();
            Course course = new Course(Cancellation.none(), ProgressListener.NONE, threads);
            long start = System.nanoTime();
            double[] told;
            try (Model model = Learners.fit(Algorithm.of(algorithm, Map.of()), examples, course)) {
                told = model.predict(test.features());
            }
            millis += (System.nanoTime() - start) / 1e6;
            scores += new Scores(test.labels(), told, classes).main();
        }
        return String.format(Locale.ROOT, "%.3f %.6f %.1f", millis, scores / parts, Child.peakResidentMegabytes());
    }

    private LearningTables.Rows rows(Path file) throws IOException {
        LearningTables.Rows rows = known.get(file);
        if (rows == null) {
            rows = LearningTables.Rows.read(file);
            known.put(file, rows);
        }
        return rows;
    }

    /** Classes are whole numbers from 0, of which there are few; the same rule as in learning.py. */
    private static int classes(double[] labels) {
        double[] different = Arrays.stream(labels).distinct().toArray();
        boolean isClasses =
                different.length <= 10 && Arrays.stream(different).allMatch(value -> value == Math.rint(value));
        return isClasses ? different.length : 0;
    }
}
