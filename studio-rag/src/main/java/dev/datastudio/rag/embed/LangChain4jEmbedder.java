package dev.datastudio.rag.embed;

import dev.datastudio.api.embedding.Embedder;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.rag.embed.internal.ModelCalls;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Embeds with a model of LangChain4j, such as OpenAI's or one of Ollama. Retries and time-outs are those of the model it
 * is made of, which stays open. Thread-safe when that model is.
 *
 * <pre>{@code
 * Embedder embedder = LangChain4jEmbedder.builder(OpenAiEmbeddingModel.builder()
 *         .apiKey(key)
 *         .modelName("text-embedding-3-large")
 *         .build()).build();
 * }</pre>
 */
public final class LangChain4jEmbedder implements Embedder {
    /** How many texts one request carries unless told. */
    public static final int DEFAULT_REQUEST_SIZE = 64;

    /** Where a text is cut unless told: short enough for models of 8,191 tokens in any script. */
    public static final int DEFAULT_MAX_CHARACTERS = 8_000;

    private static final String NO_NAME = "unknown";

    private final EmbeddingModel model;
    private final String name;
    private final int requestSize;
    private final int maxCharacters;
    private final double sameFrom;
    /** 0 until the model was asked. */
    private volatile int dimension;

    private LangChain4jEmbedder(Builder builder, String name) {
        this.model = builder.model;
        this.name = name;
        this.requestSize = builder.requestSize;
        this.maxCharacters = builder.maxCharacters;
        this.sameFrom = builder.sameFrom;
    }

    /** An embedder of a model. */
    public static Builder builder(EmbeddingModel model) {
        return new Builder(model);
    }

    @Override
    public String model() {
        return name;
    }

    /**
     * {@inheritDoc} Asks the model once, unless it knows.
     *
     * @throws StudioException as {@link #embed}
     */
    @Override
    public int dimension() {
        int known = dimension;
        if (known == 0) {
            known = asked(model::dimension);
            if (known < 1) {
                throw invalid("says that its vectors have " + known + " numbers");
            }
            dimension = known;
        }
        return known;
    }

    @Override
    public double sameFrom() {
        return sameFrom;
    }

    /**
     * {@inheritDoc}
     *
     * @throws StudioException {@link ErrorCode#MODEL_REFUSED} when trying again can't help, as with a wrong key; {@link
     *     ErrorCode#MODEL_FAILED} for another failure; {@link ErrorCode#MODEL_ANSWER_INVALID} when vectors are missing,
     *     of another dimension, not finite or all zero
     */
    @Override
    public List<float[]> embed(List<String> texts) {
        return embed(texts, Cancellation.none());
    }

    /**
     * {@inheritDoc} Makes no other request when it is cancelled; one that was made is waited for, as long as the model
     * allows.
     */
    @Override
    public List<float[]> embed(List<String> texts, Cancellation cancellation) {
        Texts.check(texts);
        List<float[]> vectors = new ArrayList<>(texts.size());
        for (int from = 0; from < texts.size(); from += requestSize) {
            cancellation.throwIfCancelled();
            vectors.addAll(request(texts.subList(from, Math.min(texts.size(), from + requestSize))));
        }
        return vectors;
    }

    private List<float[]> request(List<String> texts) {
        List<TextSegment> segments =
                texts.stream().map(this::cut).map(TextSegment::from).toList();
        @Nullable List<Embedding> answer = asked(() -> model.embedAll(segments).content());
        if (answer == null || answer.size() != texts.size()) {
            throw invalid("gave " + (answer == null ? 0 : answer.size()) + " vectors for " + texts.size() + " texts");
        }
        return answer.stream().map(e -> checked(e.vector())).toList();
    }

    private String cut(String text) {
        String stripped = text.strip();
        if (stripped.length() <= maxCharacters) {
            return stripped;
        }
        int end = Character.isHighSurrogate(stripped.charAt(maxCharacters - 1)) ? maxCharacters - 1 : maxCharacters;
        return stripped.substring(0, Math.max(1, end));
    }

    private float[] checked(float[] vector) {
        if (dimension == 0) {
            dimension = vector.length;
        }
        if (vector.length != dimension) {
            throw invalid("gave a vector of " + vector.length + " numbers where " + dimension + " were expected");
        }
        double squares = 0;
        for (float v : vector) {
            squares += (double) v * v;
        }
        if (!Double.isFinite(squares) || squares == 0) {
            throw invalid("gave a vector that is all zero or not finite");
        }
        return vector.clone();
    }

    private <T> T asked(Supplier<T> call) {
        return ModelCalls.ask("The embedding model '" + name + "'", call);
    }

    private StudioException invalid(String what) {
        return new StudioException(
                ErrorCode.MODEL_ANSWER_INVALID,
                "The embedding model '" + name + "' " + what,
                "Check that it is a model for embeddings of texts, and that its name is right");
    }

    /** Collects how a model is asked. Not thread-safe. */
    public static final class Builder {
        private final EmbeddingModel model;
        private @Nullable String name;
        private int requestSize = DEFAULT_REQUEST_SIZE;
        private int maxCharacters = DEFAULT_MAX_CHARACTERS;
        private double sameFrom = 0.75;

        private Builder(EmbeddingModel model) {
            this.model = Objects.requireNonNull(model, "model");
        }

        /** Names the model with its version, see {@link Embedder#model()}; what the model itself says unless told. */
        public Builder name(String name) {
            this.name = Objects.requireNonNull(name, "name");
            return this;
        }

        /** How many texts one request carries at most, 1 to {@link Embedder#MAX_BATCH}. */
        public Builder requestSize(int requestSize) {
            this.requestSize = requestSize;
            return this;
        }

        /** After how many characters a text is cut, at least 1. */
        public Builder maxCharacters(int maxCharacters) {
            this.maxCharacters = maxCharacters;
            return this;
        }

        /** From which cosine on two names mean the same, see {@link Embedder#sameFrom()}; 0.75 unless told. */
        public Builder sameFrom(double sameFrom) {
            this.sameFrom = sameFrom;
            return this;
        }

        /**
         * The embedder.
         *
         * @throws IllegalArgumentException if a number is out of range, or the model has no name and none was given
         */
        public LangChain4jEmbedder build() {
            List<String> problems = new ArrayList<>();
            String named = name == null ? String.valueOf(model.modelName()) : name;
            if (named.isBlank() || (name == null && (named.equals(NO_NAME) || named.equals("null")))) {
                problems.add("name must be given, as the model has none");
            }
            if (requestSize < 1 || requestSize > MAX_BATCH) {
                problems.add("requestSize must be in 1.." + MAX_BATCH + ", was " + requestSize);
            }
            if (maxCharacters < 1) {
                problems.add("maxCharacters must be at least 1, was " + maxCharacters);
            }
            if (!(sameFrom > 0 && sameFrom <= 1)) {
                problems.add("sameFrom must be more than 0 and at most 1, was " + sameFrom);
            }
            if (!problems.isEmpty()) {
                throw new IllegalArgumentException(String.join("; ", problems));
            }
            return new LangChain4jEmbedder(this, named);
        }
    }
}
