package dev.datastudio.rag;

import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.rag.chunk.TokenCounter;
import dev.datastudio.rag.extract.Block;
import dev.datastudio.rag.extract.DocumentExtractor;
import dev.datastudio.rag.extract.DocumentMetadata;
import dev.datastudio.rag.extract.DocumentSink;
import dev.datastudio.rag.extract.DocumentSource;
import dev.datastudio.rag.extract.Extraction;
import dev.datastudio.rag.extract.ExtractionLimits;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;

/** The parts of an ingestion, each of whose units of work is told by its name just before it begins. */
final class Watched {
    private Watched() {}

    /** A part whose calls are told by the names of their methods. */
    static <T> T part(Class<T> type, T part, Consumer<String> told) {
        return part(type, part, told, call -> {});
    }

    /** A part whose calls are told when they begin and when they have ended well. */
    static <T> T part(Class<T> type, T part, Consumer<String> told, Consumer<String> ended) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    told.accept(method.getName());
                    try {
                        Object result = method.invoke(part, arguments);
                        ended.accept(method.getName());
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
    }

    /** Tells {@code token} whenever a text is counted. */
    static TokenCounter counter(TokenCounter counter, Consumer<String> told) {
        return text -> {
            told.accept("token");
            return counter.count(text);
        };
    }

    /** Tells {@code block} whenever a block of a document is passed on. */
    static DocumentExtractor extractor(DocumentExtractor extractor, Consumer<String> told) {
        return new DocumentExtractor() {
            @Override
            public String name() {
                return extractor.name();
            }

            @Override
            public String version() {
                return extractor.version();
            }

            @Override
            public Extraction extract(
                    DocumentSource source, ExtractionLimits limits, DocumentSink sink, Cancellation cancellation) {
                return extractor.extract(source, limits, new Sink(sink, told), cancellation);
            }

            @Override
            public void close() {
                extractor.close();
            }
        };
    }

    private static final class Sink implements DocumentSink {
        private final DocumentSink sink;
        private final Consumer<String> told;

        Sink(DocumentSink sink, Consumer<String> told) {
            this.sink = sink;
            this.told = told;
        }

        @Override
        public void begin(DocumentMetadata metadata) {
            sink.begin(metadata);
        }

        @Override
        public void accept(Block block) {
            told.accept("block");
            sink.accept(block);
        }
    }
}
