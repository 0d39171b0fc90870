package dev.datastudio.ml.train.internal.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gradients of the blocks that are put together here, beside finite differences. */
class LayerGradientsTest {
    private static final int ROWS = 3;
    private static final int STEPS = 4;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{'type':'recurrent','cell':'lstm','units':2,'direction':'both','output':'last'}]",
                "[{'type':'recurrent','cell':'gru','units':2,'direction':'both','output':'all'},{'type':'flatten'}]",
                "[{'type':'dense','units':4},{'type':'positions'},{'type':'attention','heads':2},{'type':'flatten'}]",
                "[{'type':'residual','layers':[{'type':'dense','units':3},{'type':'layer_norm'},"
                        + "{'type':'activation','function':'tanh'}]},{'type':'global_pool'}]",
                "[{'type':'convolution','filters':3},{'type':'activation','function':'tanh'},"
                        + "{'type':'pool','kind':'average'},{'type':'global_pool'}]"
            })
    void areTheSlopesOfTheLoss(String json) {
        List<Layer> layers = LayerList.parse(json.replace('\'', '"'));
        long[] input = {STEPS, 2};
        int width = (int) LayerList.shape(layers, input)[0];
        float[] x = random(ROWS * STEPS * 2, 1);
        float[] counts = random(ROWS * width, 2);
        Torch.begin(Tasks.course());
        try (Trainee trainee = new Trainee(layers, input, Device.cpu())) {
            float[][] slopes = slopes(trainee, x, counts, width);
            float[][] values = trainee.values();
            for (int i = 0; i < values.length; i++) {
                for (int j = 0; j < values[i].length; j++) {
                    float before = values[i][j];
                    float step = 1e-2f;
                    values[i][j] = before + step;
                    trainee.values(values);
                    double above = loss(trainee, x, counts, width);
                    values[i][j] = before - step;
                    trainee.values(values);
                    double below = loss(trainee, x, counts, width);
                    values[i][j] = before;
                    assertEquals((above - below) / (2 * step), slopes[i][j], 0.01, json + " " + i + " " + j);
                }
            }
        } finally {
            Torch.end();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{'type':'recurrent','cell':'gru','units':2,'direction':'both','output':'all'}]",
                "[{'type':'convolution','filters':3},{'type':'pool'},{'type':'batch_norm'}]",
                "[{'type':'residual','layers':[{'type':'convolution','filters':5,'stride':2}]}]"
            })
    void haveTheShapeThatIsTold(String json) {
        List<Layer> layers = LayerList.parse(json.replace('\'', '"'));
        long[] input = {STEPS, 2};
        Torch.begin(Tasks.course());
        try (Trainee trainee = new Trainee(layers, input, Device.cpu());
                NDManager scratch = trainee.manager().newSubManager()) {
            NDArray out = trainee.forward(trainee.rows(scratch, random(ROWS * STEPS * 2, 1), ROWS), false);
            assertEquals(new Shape(ROWS).addAll(new Shape(LayerList.shape(layers, input))), out.getShape());
        } finally {
            Torch.end();
        }
    }

    private static float[][] slopes(Trainee trainee, float[] x, float[] counts, int width) {
        try (NDManager scratch = trainee.manager().newSubManager();
                GradientCollector collector = Torch.engine().newGradientCollector()) {
            collector.backward(sum(trainee, scratch, x, counts, width));
            return trainee.slopes();
        }
    }

    private static double loss(Trainee trainee, float[] x, float[] counts, int width) {
        try (NDManager scratch = trainee.manager().newSubManager()) {
            return sum(trainee, scratch, x, counts, width).getFloat();
        }
    }

    private static NDArray sum(Trainee trainee, NDManager scratch, float[] x, float[] counts, int width) {
        NDArray out = trainee.forward(trainee.rows(scratch, x, ROWS), true);
        return out.mul(scratch.create(counts, new Shape(ROWS, width))).sum();
    }

    private static float[] random(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(-1, 1);
        }
        return values;
    }
}
