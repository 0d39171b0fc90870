package dev.datastudio.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.jspecify.annotations.Nullable;

/** What one writes with Lucene alone: a writer that stays open, its defaults, one field of words and one of vectors. */
final class BareLucene implements AutoCloseable {
    private static final int CANDIDATES = 100;

    private final Analyzer analyzer = new EnglishAnalyzer();
    private final Directory directory;
    private final IndexWriter writer;
    private @Nullable DirectoryReader reader;

    BareLucene(Path folder) throws IOException {
        directory = FSDirectory.open(folder);
        writer = new IndexWriter(directory, new IndexWriterConfig(analyzer));
    }

    void add(String id, String text, float[] vector) throws IOException {
        Document document = new Document();
        document.add(new StringField("id", id, Field.Store.YES));
        document.add(new TextField("text", text, Field.Store.YES));
        if (vector.length > 0) {
            document.add(new KnnFloatVectorField("vector", vector, VectorSimilarityFunction.DOT_PRODUCT));
        }
        writer.addDocument(document);
    }

    void commit() throws IOException {
        writer.commit();
    }

    /** Waits for its merges and opens what it has for searching. */
    void ready() throws IOException {
        writer.close();
        reader = DirectoryReader.open(directory);
    }

    List<String> byWords(String text, int limit) throws IOException {
        BooleanQuery.Builder query = new BooleanQuery.Builder();
        try (TokenStream tokens = analyzer.tokenStream("text", text)) {
            CharTermAttribute term = tokens.addAttribute(CharTermAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                query.add(new TermQuery(new Term("text", term.toString())), Occur.SHOULD);
            }
            tokens.end();
        }
        return texts(query.build(), limit, limit);
    }

    List<String> byMeaning(float[] vector, int limit) throws IOException {
        return texts(new KnnFloatVectorQuery("vector", vector, CANDIDATES), CANDIDATES, limit);
    }

    private List<String> texts(Query query, int candidates, int limit) throws IOException {
        if (reader == null) {
            throw new IllegalStateException("not ready");
        }
        IndexSearcher searcher = new IndexSearcher(reader);
        StoredFields fields = searcher.storedFields();
        List<String> texts = new ArrayList<>();
        ScoreDoc[] hits = searcher.search(query, candidates).scoreDocs;
        for (int i = 0; i < Math.min(limit, hits.length); i++) {
            texts.add(fields.document(hits[i].doc).get("text"));
        }
        return texts;
    }

    @Override
    public void close() throws IOException {
        if (reader != null) {
            reader.close();
        }
        writer.close();
        directory.close();
        analyzer.close();
    }
}
