package dev.datastudio.ml.train.internal.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.ml.algorithm.DeepAlgorithm;
import dev.datastudio.ml.algorithm.Descent;
import dev.datastudio.ml.algorithm.Schedule;
import dev.datastudio.ml.prepare.internal.Matrix;
import dev.datastudio.ml.train.Epoch;
import dev.datastudio.ml.train.internal.model.Course;
import dev.datastudio.ml.train.internal.model.Examples;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Learns the parameters of layers, some rows at a time. What is drawn by chance depends on the seed, the epoch and the step
 * alone, so a training that goes on from a checkpoint ends as one that never stopped. Not thread-safe.
 */
public final class NetworkTraining implements AutoCloseable {
    private final List<Layer> layers;
    private final long[] input;
    private final Descent how;
    private final Examples examples;
    private final Course course;
    private final boolean copies;
    private final double mean;
    private final double size;
    private final int rowsAtOnce;
    private final Trainee trainee;
    private final KeptState kept;
    private final List<Epoch> history = new ArrayList<>();
    private float[][] best = new float[0][];
    private double bestLoss = Double.POSITIVE_INFINITY;
    private int bestEpoch;

    /** Learns to make rows again as they are. */
    static Network copy(DeepAlgorithm spec, Examples examples, Course course) {
        int columns = examples.features().columns();
        long[] input = {columns};
        List<Layer> layers = Architectures.of(spec, input, columns);
        try (NetworkTraining training = new NetworkTraining(layers, input, spec.descent(), examples, course, true)) {
            return training.run();
        }
    }

    public static Network fit(DeepAlgorithm spec, Examples examples, Course course) {
        long[] input = Architectures.input(spec, examples.features().columns());
        List<Layer> layers = Architectures.of(spec, input, examples.outputs());
        try (NetworkTraining training = new NetworkTraining(layers, input, spec.descent(), examples, course, false)) {
            return training.run();
        }
    }

    private NetworkTraining(
            List<Layer> layers, long[] input, Descent how, Examples examples, Course course, boolean copies) {
        if (examples.features().rows() < 2) {
            throw new StudioException(
                    ErrorCode.INVALID_ARGUMENT,
                    "There is one row to learn from, and a deep model needs at least two",
                    "Train on more rows");
        }
        this.layers = layers;
        this.input = input;
        this.how = how;
        this.examples = examples;
        this.course = course;
        this.copies = copies;
        this.rowsAtOnce = Footprint.of(layers, input).rowsAtOnce();
        double[] labels = examples.labels();
        this.mean = examples.isClasses() ? 0 : Arrays.stream(labels).average().orElse(0);
        double squares = Arrays.stream(labels)
                .map(each -> (each - mean) * (each - mean))
                .average()
                .orElse(0);
        this.size = examples.isClasses() || squares == 0 ? 1 : Math.sqrt(squares);
        this.kept = KeptState.of(layers, input, how, examples);
        Torch.start(course);
        Device device = Torch.device();
        course.on(Torch.name(device));
        Torch.begin(course);
        try {
            Torch.seed(examples.seed(), 0);
            this.trainee = new Trainee(layers, input, device);
        } finally {
            Torch.end();
        }
    }

    private Network run() {
        course.checkpoints().last().ifPresent(this::goOn);
        int first = history.size() + 1;
        for (int epoch = first; epoch <= how.epochs() && !isStuck(); epoch++) {
            double rate = rate(epoch);
            double loss = pass(epoch, rate);
            double held = examples.held().map(this::heldLoss).orElse(Double.NaN);
            if (!Double.isFinite(loss)) {
                throw new StudioException(
                        ErrorCode.INVALID_ARGUMENT,
                        "The loss was " + loss + " in epoch " + epoch + ": the steps are too large for these layers",
                        "Use a smaller learningRate than " + how.learningRate() + ", or adam instead of sgd");
            }
            Epoch passed = new Epoch(epoch, loss, held, rate);
            history.add(passed);
            if (how.patience() > 0 && held < bestLoss) {
                bestLoss = held;
                bestEpoch = epoch;
                best = trainee.values();
            }
            course.passed(passed);
            course.at(told(passed), epoch, how.epochs(), "epochs");
            int every = course.checkpoints().everyEpochs();
            if (every > 0 && epoch % every == 0) {
                course.checkpoints().keep(epoch, state());
            }
        }
        float[][] learnt = best.length > 0 ? best : trainee.values();
        return new Network(layers, input, examples.classes(), mean, size, learnt);
    }

    private boolean isStuck() {
        return how.patience() > 0 && bestEpoch > 0 && history.size() - bestEpoch >= how.patience();
    }

    private double rate(int epoch) {
        return how.schedule() == Schedule.CONSTANT
                ? how.learningRate()
                : how.learningRate() * (1 + Math.cos(Math.PI * (epoch - 1) / how.epochs())) / 2;
    }

    private static String told(Epoch epoch) {
        String loss = String.format(Locale.ROOT, "training, loss %.4f", epoch.loss());
        return Double.isNaN(epoch.heldLoss())
                ? loss
                : loss + String.format(Locale.ROOT, ", validation %.4f", epoch.heldLoss());
    }

    /** Learns from all rows once; their mean loss. */
    private double pass(int epoch, double rate) {
        int rows = examples.features().rows();
        int[] order = order(rows, new SplittableRandom(examples.seed() * 31 + epoch));
        double sum = 0;
        double weight = 0;
        int step = 0;
        for (int from = 0; from < rows; ) {
            // One row alone can't be normalised over its batch.
            int to = rows - from - how.batch() < 2 ? rows : from + how.batch();
            to = Math.min(rows, to);
            int[] chosen = Arrays.copyOfRange(order, from, to);
            double counted = Arrays.stream(chosen)
                    .mapToDouble(i -> examples.weights()[i])
                    .sum();
            sum += counted * step(chosen, counted, rate, ((long) epoch << 32) + ++step);
            weight += counted;
            from = to;
        }
        return sum / weight;
    }

    private double step(int[] rows, double counted, double rate, long number) {
        course.check();
        Matrix some = examples.features().rows(rows);
        float[] wanted = copies ? Network.floats(some, 0, rows.length) : wanted(rows, counted);
        Torch.begin(course);
        try (NDManager scratch = trainee.manager().newSubManager();
                GradientCollector collector = Torch.engine().newGradientCollector()) {
            Torch.seed(examples.seed(), number);
            NDArray x = trainee.rows(scratch, Network.floats(some, 0, rows.length), rows.length);
            NDArray out = trainee.forward(x, true);
            NDArray loss = loss(out, scratch.create(wanted, out.getShape()), rows, counted, scratch);
            collector.backward(loss);
            trainee.update(how, rate, scratch);
            return loss.toType(ai.djl.ndarray.types.DataType.FLOAT32, false).getFloat();
        } finally {
            Torch.end();
        }
    }

    /** Of classes the weight of the row at its class and 0 elsewhere; of numbers how far they are from the mean. */
    private float[] wanted(int[] rows, double counted) {
        int outputs = examples.outputs();
        float[] wanted = new float[rows.length * outputs];
        for (int i = 0; i < rows.length; i++) {
            double label = examples.labels()[rows[i]];
            if (examples.isClasses()) {
                wanted[i * outputs + (int) label] = (float) (examples.weights()[rows[i]] / counted);
            } else {
                wanted[i] = (float) ((label - mean) / size);
            }
        }
        return wanted;
    }

    private NDArray loss(NDArray out, NDArray wanted, int[] rows, double counted, NDManager scratch) {
        if (examples.isClasses()) {
            return out.logSoftmax(1).mul(wanted).sum().neg();
        }
        if (copies) {
            return out.sub(wanted).square().mean().div(2);
        }
        float[] weights = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            weights[i] = (float) (examples.weights()[rows[i]] / counted / 2);
        }
        return out.sub(wanted)
                .square()
                .mul(scratch.create(weights, new Shape(rows.length, 1)))
                .sum();
    }

    private double heldLoss(Examples.Held held) {
        int rows = held.features().rows();
        double sum = 0;
        for (int from = 0; from < rows; from += rowsAtOnce) {
            course.check();
            int to = Math.min(rows, from + rowsAtOnce);
            try (NDManager scratch = trainee.manager().newSubManager()) {
                NDArray x = trainee.rows(scratch, Network.floats(held.features(), from, to), to - from);
                NDArray out = trainee.forward(x, false);
                float[] found = (examples.isClasses() ? out.logSoftmax(1) : out).toFloatArray();
                for (int i = 0; copies && i < found.length; i++) {
                    double off = found[i]
                            - held.features().values()[from * held.features().columns() + i];
                    sum += off * off / 2 / held.features().columns();
                }
                for (int row = from; row < to && !copies; row++) {
                    double label = held.labels()[row];
                    int at = (row - from) * examples.outputs();
                    double off = (label - mean) / size - found[at];
                    sum += examples.isClasses() ? -found[at + (int) label] : off * off / 2;
                }
            }
        }
        return sum / rows;
    }

    private static int[] order(int rows, SplittableRandom random) {
        int[] order = IntStream.range(0, rows).toArray();
        for (int i = rows - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int other = order[i];
            order[i] = order[j];
            order[j] = other;
        }
        return order;
    }

    private byte[] state() {
        return kept.write(history, out -> {
            out.writeDouble(bestLoss);
            out.writeInt(bestEpoch);
            Trainee.write(out, best);
            trainee.write(out);
        });
    }

    private void goOn(byte[] state) {
        history.addAll(kept.read(state, in -> {
            bestLoss = in.readDouble();
            bestEpoch = in.readInt();
            best = Trainee.readArrays(in);
            trainee.read(in);
        }));
        course.passedBefore(history);
    }

    @Override
    public void close() {
        trainee.close();
    }
}
