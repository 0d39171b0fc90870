package dev.datastudio.rag.embed;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.langchain4j.model.embedding.onnx.bgesmallenv15q.BgeSmallEnV15QuantizedEmbeddingModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * BGE-small in onnxruntime, loaded once for the process. Thread-safe.
 *
 * <p>Each text is one run on one thread, and the callers run several at once: on two cores that gave 21 texts of 300
 * tokens a second, against 19 with the runtime's own threads and 16 with both. Texts are not put together into one run
 * either: the 8-bit model scales its numbers by the largest of a run, so a vector would depend on its neighbours.
 */
final class BgeModel {
    private static final String FILE = "/bge-small-en-v1.5-q.onnx";

    private static final Object LOADING = new Object();
    private static volatile @Nullable BgeModel shared;

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final BgeTokenizer tokenizer;

    private BgeModel(OrtEnvironment environment, OrtSession session, BgeTokenizer tokenizer) {
        this.environment = environment;
        this.session = session;
        this.tokenizer = tokenizer;
    }

    static BgeModel shared() {
        BgeModel known = shared;
        if (known != null) {
            return known;
        }
        synchronized (LOADING) {
            BgeModel loaded = shared;
            if (loaded == null) {
                loaded = load();
                shared = loaded;
            }
            return loaded;
        }
    }

    private static BgeModel load() {
        BgeTokenizer tokenizer = BgeTokenizer.shared();
        try (InputStream in = BgeSmallEnV15QuantizedEmbeddingModel.class.getResourceAsStream(FILE);
                OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            OrtEnvironment environment = OrtEnvironment.getEnvironment();
            byte[] bytes = Objects.requireNonNull(in, FILE).readAllBytes();
            return new BgeModel(environment, environment.createSession(bytes, options), tokenizer);
        } catch (IOException | OrtException | RuntimeException | LinkageError e) {
            throw notLoaded("model", e);
        }
    }

    static StudioException notLoaded(String part, Throwable cause) {
        return new StudioException(
                ErrorCode.MODEL_FAILED,
                "The " + part + " of BGE-small could not be loaded: " + StudioException.quote(cause.toString()),
                "Check that the folder for temporary files and the home folder can be written, as native libraries are"
                        + " unpacked there, or give another Embedder",
                cause);
    }

    /** The vector of a text: what the model says of its first token, scaled to length 1. */
    float[] embed(String text) {
        long[] ids = tokenizer.ids(text);
        long[] ones = new long[ids.length];
        Arrays.fill(ones, 1);
        try (OnnxTensor input = tensor(ids);
                OnnxTensor mask = tensor(ones);
                OnnxTensor types = tensor(new long[ids.length]);
                OrtSession.Result result =
                        session.run(Map.of("input_ids", input, "attention_mask", mask, "token_type_ids", types))) {
            FloatBuffer states = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] vector = new float[BgeSmallEmbedder.DIMENSION];
            states.get(vector);
            return normalised(vector);
        } catch (OrtException e) {
            throw new StudioException(
                    ErrorCode.MODEL_FAILED,
                    "BGE-small failed on a text of " + text.length() + " characters: "
                            + StudioException.quote(String.valueOf(e.getMessage())),
                    "Free some memory and try again",
                    e);
        }
    }

    private OnnxTensor tensor(long[] values) throws OrtException {
        return OnnxTensor.createTensor(environment, LongBuffer.wrap(values), new long[] {1, values.length});
    }

    private static float[] normalised(float[] vector) {
        double squares = 0;
        for (float v : vector) {
            squares += (double) v * v;
        }
        float length = (float) Math.sqrt(squares);
        for (int i = 0; i < vector.length; i++) {
            vector[i] /= length;
        }
        return vector;
    }
}
