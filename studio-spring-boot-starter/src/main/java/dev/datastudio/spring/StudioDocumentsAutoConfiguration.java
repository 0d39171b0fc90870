package dev.datastudio.spring;

import dev.datastudio.api.search.SearchIndex;
import dev.datastudio.api.secret.Secret;
import dev.datastudio.core.Studio;
import dev.datastudio.rag.Documents;
import dev.datastudio.rag.DocumentsBuilder;
import dev.datastudio.rag.extract.ChildProcessExtractor;
import dev.datastudio.rag.extract.DocumentExtractor;
import dev.datastudio.rag.index.ChromaOptions;
import dev.datastudio.rag.index.ChromaSearchIndex;
import dev.datastudio.rag.index.CombinedSearchIndex;
import dev.datastudio.rag.index.LuceneSearchIndex;
import dev.datastudio.rag.retrieve.Reranker;
import java.net.URI;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

/**
 * The documents of the studio, with beans of type {@link SearchIndex}, {@link DocumentExtractor} and {@link Reranker} in
 * place of embedded parts. Nothing is opened before documents are first needed.
 */
@AutoConfiguration(before = StudioAutoConfiguration.class)
@ConditionalOnClass(Documents.class)
@EnableConfigurationProperties(StudioProperties.class)
public class StudioDocumentsAutoConfiguration {
    @Bean
    @ConditionalOnMissingBean
    @ConditionalOnProperty("studio.chroma.url")
    StudioChromaConnectionDetails studioChromaConnectionDetails(StudioProperties properties) {
        return new Details(properties.chroma());
    }

    @Bean
    OpenedStudio studioDocumentParts(
            StudioProperties properties,
            ObjectProvider<StudioChromaConnectionDetails> chroma,
            ObjectProvider<SearchIndex> index,
            ObjectProvider<DocumentExtractor> extractor,
            ObjectProvider<Reranker> reranker) {
        return studio -> Documents.whenNeeded(studio, builder -> {
            chroma.ifAvailable(details -> builder.index(withChroma(studio, details, properties.chroma())));
            index.ifAvailable(builder::index);
            extract(studio, builder, properties.documents());
            extractor.ifAvailable(builder::extractor);
            reranker.ifAvailable(builder::reranker);
        });
    }

    private static SearchIndex withChroma(
            Studio studio, StudioChromaConnectionDetails details, StudioProperties.Chroma settings) {
        ChromaOptions options = ChromaOptions.at(details.url())
                .withTenant(settings.tenant())
                .withDatabasePrefix(settings.databasePrefix());
        if (!details.token().isEmpty()) {
            options = options.withHeader("X-Chroma-Token", Secret.of(details.token()));
        }
        return studio.closing(CombinedSearchIndex.of(
                LuceneSearchIndex.open(studio.workspace().resolve("index")), ChromaSearchIndex.open(options)));
    }

    private static void extract(Studio studio, DocumentsBuilder builder, StudioProperties.DocumentFiles files) {
        if (files.extraction() == StudioProperties.Extraction.CHILD_PROCESS) {
            builder.extractor(studio.closing(ChildProcessExtractor.open()));
        }
    }

    @Bean
    @Lazy
    @ConditionalOnMissingBean
    Documents documents(Studio studio) {
        return Documents.of(studio);
    }

    private record Details(StudioProperties.Chroma chroma) implements StudioChromaConnectionDetails {
        @Override
        public URI url() {
            if (chroma.url() == null) {
                throw new IllegalStateException("studio.chroma.url is empty");
            }
            return chroma.url();
        }

        @Override
        public String token() {
            return chroma.token();
        }
    }
}
