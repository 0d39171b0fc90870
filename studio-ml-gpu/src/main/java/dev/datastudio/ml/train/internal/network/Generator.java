package dev.datastudio.ml.train.internal.network;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.training.GradientCollector;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.ml.algorithm.Descent;
import dev.datastudio.ml.algorithm.GenerativeNetwork;
import dev.datastudio.ml.prepare.internal.Matrix;
import dev.datastudio.ml.train.Epoch;
import dev.datastudio.ml.train.internal.model.Course;
import dev.datastudio.ml.train.internal.model.Examples;
import dev.datastudio.ml.train.internal.model.Model;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Makes rows out of noise. Two networks learn in turns: one to tell real rows from made ones, the other to be taken for
 * real (the non-saturating loss of Goodfellow et al., 2014). What makes rows in the end is the mean over the last steps,
 * which goes round the balance of both less than each step does (Yazici et al., 2019). The judge sees some rows at once, so
 * that it notices when all are of one kind (Lin et al., "PacGAN", 2018).
 */
public final class Generator implements Model {
    /** How much of the mean stays in a step. */
    private static final float KEPT = 0.995f;

    /** How many rows the judge sees at once. */
    static final int PACK = 4;

    /** Adam's, where two networks learn from each other (Radford et al., 2016). */
    private static final float FIRST_DECAY = 0.5f;

    private final Network network;
    private final int noise;
    private final int columns;

    private Generator(Network network, int noise, int columns) {
        this.network = network;
        this.noise = noise;
        this.columns = columns;
    }

    public static Generator fit(GenerativeNetwork spec, Examples examples, Course course) {
        try (Duel duel = new Duel(spec, examples, course)) {
            return duel.run();
        }
    }

    /** Both networks while they learn. Not thread-safe. */
    private static final class Duel implements AutoCloseable {
        private final GenerativeNetwork spec;
        private final Descent how;
        private final Examples examples;
        private final Course course;
        private final List<Layer> layers;
        private final KeptState kept;
        private final Trainee maker;
        private final Trainee judge;
        private final List<Epoch> history = new ArrayList<>();
        private float[][] mean;

        Duel(GenerativeNetwork spec, Examples examples, Course course) {
            int columns = examples.features().columns();
            this.spec = spec;
            this.how = spec.descent();
            this.examples = examples;
            this.course = course;
            this.layers = Architectures.maker(spec, columns);
            this.kept = KeptState.of(layers, new long[] {spec.noise()}, how, examples);
            Torch.start(course);
            Device device = Torch.device();
            course.on(Torch.name(device));
            Torch.begin(course);
            try {
                Torch.seed(examples.seed(), 0);
                this.maker = new Trainee(layers, new long[] {spec.noise()}, device, FIRST_DECAY);
                this.judge = judge(maker, Architectures.judge(spec), new long[] {(long) PACK * columns}, device);
            } finally {
                Torch.end();
            }
            this.mean = maker.values();
        }

        private static Trainee judge(Trainee maker, List<Layer> layers, long[] input, Device device) {
            try {
                return new Trainee(layers, input, device, FIRST_DECAY);
            } catch (RuntimeException e) {
                maker.close();
                throw e;
            }
        }

        Generator run() {
            course.checkpoints().last().ifPresent(this::goOn);
            for (int epoch = history.size() + 1; epoch <= how.epochs(); epoch++) {
                double loss = pass(epoch);
                if (!Double.isFinite(loss)) {
                    throw new StudioException(
                            ErrorCode.INVALID_ARGUMENT,
                            "The loss was " + loss + " in epoch " + epoch,
                            "Use a smaller learningRate than " + how.learningRate());
                }
                Epoch passed = new Epoch(epoch, loss, Double.NaN, how.learningRate());
                history.add(passed);
                course.passed(passed);
                course.at(
                        String.format(Locale.ROOT, "training, loss of the judge %.4f", loss),
                        epoch,
                        how.epochs(),
                        "epochs");
                int every = course.checkpoints().everyEpochs();
                if (every > 0 && epoch % every == 0) {
                    course.checkpoints().keep(epoch, state());
                }
            }
            Network learnt = new Network(layers, new long[] {spec.noise()}, 0, 0, 1, mean);
            return new Generator(learnt, spec.noise(), examples.features().columns());
        }

        private byte[] state() {
            return kept.write(history, out -> {
                Trainee.write(out, mean);
                maker.write(out);
                judge.write(out);
            });
        }

        private void goOn(byte[] state) {
            history.addAll(kept.read(state, in -> {
                mean = Trainee.readArrays(in);
                maker.read(in);
                judge.read(in);
            }));
            course.passedBefore(history);
        }

        /** One pass over the rows; the mean loss of the judge. */
        private double pass(int epoch) {
            int rows = examples.features().rows();
            int batch = Math.max(1, Math.min(how.batch(), rows) / PACK) * PACK;
            SplittableRandom random = new SplittableRandom(examples.seed() * 31 + epoch);
            int steps = Math.max(1, rows / batch);
            double sum = 0;
            for (int step = 0; step < steps; step++) {
                course.check();
                int[] chosen =
                        IntStream.range(0, batch).map(i -> random.nextInt(rows)).toArray();
                float[] real = Network.floats(examples.features().rows(chosen), 0, batch);
                float[] first = noise(random.nextLong(), batch, spec.noise());
                float[] second = noise(random.nextLong(), batch, spec.noise());
                Torch.begin(course);
                try {
                    Torch.seed(examples.seed(), ((long) epoch << 32) + step + 1);
                    sum += judged(how, maker, judge, real, first, batch);
                    made(how, maker, judge, second, batch);
                    follow(maker.values());
                } finally {
                    Torch.end();
                }
            }
            return sum / steps;
        }

        private void follow(float[][] now) {
            for (int i = 0; i < mean.length; i++) {
                for (int j = 0; j < mean[i].length; j++) {
                    mean[i][j] = KEPT * mean[i][j] + (1 - KEPT) * now[i][j];
                }
            }
        }

        @Override
        public void close() {
            maker.close();
            judge.close();
        }
    }

    private static double judged(Descent how, Trainee maker, Trainee judge, float[] real, float[] noise, int batch) {
        try (NDManager scratch = judge.manager().newSubManager();
                GradientCollector collector = Torch.engine().newGradientCollector()) {
            NDArray made =
                    maker.forward(maker.rows(scratch, noise, batch), true).stopGradient();
            NDArray ofReal = judge.forward(judge.rows(scratch, real, batch / PACK), true);
            NDArray ofMade = judge.forward(made.reshape(batch / PACK, -1), true);
            NDArray loss = soft(ofReal.neg()).mean().add(soft(ofMade).mean());
            collector.backward(loss);
            judge.update(how, how.learningRate(), scratch);
            return loss.toType(DataType.FLOAT32, false).getFloat();
        }
    }

    private static void made(Descent how, Trainee maker, Trainee judge, float[] noise, int batch) {
        try (NDManager scratch = maker.manager().newSubManager();
                GradientCollector collector = Torch.engine().newGradientCollector()) {
            NDArray made = maker.forward(maker.rows(scratch, noise, batch), true);
            NDArray loss = soft(judge.forward(made.reshape(batch / PACK, -1), true)
                            .neg())
                    .mean();
            collector.backward(loss);
            maker.update(how, how.learningRate(), scratch);
            judge.forget(scratch);
        }
    }

    private static NDArray soft(NDArray x) {
        return x.getNDArrayInternal().softPlus();
    }

    private static float[] noise(long seed, int rows, int width) {
        Random random = new Random(seed);
        float[] noise = new float[rows * width];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) random.nextGaussian();
        }
        return noise;
    }

    /** Features of new rows. */
    public Matrix make(int rows, long seed) {
        float[] drawn = noise(seed, rows, noise);
        double[] values = new double[drawn.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = drawn[i];
        }
        return new Matrix(network.outputs(new Matrix(values, rows, noise), columns), rows, columns);
    }

    @Override
    public double[] predict(Matrix features) {
        throw new StudioException(
                ErrorCode.INVALID_ARGUMENT,
                "A generative network makes rows and says nothing of those that are there",
                "Use Models.generate");
    }

    @Override
    public void write(ObjectNode json) {
        json.put("noise", noise);
        json.put("columns", columns);
        network.write(json.putObject("network"));
    }

    public static Generator read(JsonNode json) {
        return new Generator(
                Network.read(json.required("network")),
                json.required("noise").asInt(),
                json.required("columns").asInt());
    }

    @Override
    public void close() {
        network.close();
    }
}
