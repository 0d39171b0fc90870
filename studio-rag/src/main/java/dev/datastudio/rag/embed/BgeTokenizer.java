package dev.datastudio.rag.embed;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.langchain4j.model.embedding.onnx.bgesmallenv15q.BgeSmallEnV15QuantizedEmbeddingModel;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The tokenizer of BGE-small, loaded once for the process. Thread-safe. */
final class BgeTokenizer {
    private static final String FILE = "/bge-small-en-v1.5-q-tokenizer.json";
    /** DJL reports its use to its makers with each text unless this is set; what is embedded here stays here. */
    private static final String NO_REPORTS = "OPT_OUT_TRACKING";

    /** What the model adds at the ends of a text. */
    private static final int OWN_TOKENS = 2;

    /** Many more characters than {@link BgeSmallEmbedder#MAX_TOKENS} tokens of any language have. */
    private static final int MAX_CHARACTERS = 65_536;

    private static final Object LOADING = new Object();
    private static volatile @Nullable BgeTokenizer shared;

    private final HuggingFaceTokenizer tokenizer;

    private BgeTokenizer(HuggingFaceTokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    static BgeTokenizer shared() {
        BgeTokenizer known = shared;
        if (known != null) {
            return known;
        }
        synchronized (LOADING) {
            BgeTokenizer loaded = shared;
            if (loaded == null) {
                loaded = load();
                shared = loaded;
            }
            return loaded;
        }
    }

    private static BgeTokenizer load() {
        if (System.getenv(NO_REPORTS) == null && System.getProperty(NO_REPORTS) == null) {
            System.setProperty(NO_REPORTS, "true");
        }
        try (InputStream in = BgeSmallEnV15QuantizedEmbeddingModel.class.getResourceAsStream(FILE)) {
            return new BgeTokenizer(HuggingFaceTokenizer.newInstance(
                    Objects.requireNonNull(in, FILE), Map.of("padding", "false", "truncation", "false")));
        } catch (IOException | RuntimeException | LinkageError e) {
            throw BgeModel.notLoaded("tokenizer", e);
        }
    }

    int count(String text) {
        return tokenizer.encode(text).getIds().length - OWN_TOKENS;
    }

    /** The ids of a text with the model's own at both ends, cut to what the model takes. */
    long[] ids(String text) {
        String stripped = text.strip();
        String head = stripped.length() <= MAX_CHARACTERS ? stripped : stripped.substring(0, MAX_CHARACTERS);
        long[] ids = tokenizer.encode(head).getIds();
        int most = BgeSmallEmbedder.MAX_TOKENS + OWN_TOKENS;
        if (ids.length <= most) {
            return ids;
        }
        long[] cut = Arrays.copyOf(ids, most);
        cut[most - 1] = ids[ids.length - 1];
        return cut;
    }
}
