package dev.datastudio.rag.index;

import dev.datastudio.api.search.Passage;
import dev.datastudio.api.search.PassageKey;
import java.io.IOException;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.DelegatingAnalyzerWrapper;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.LongField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.StoredFields;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.util.BytesRef;

/**
 * The fields of a passage in Lucene.
 *
 * <p>The words of the context are in one field with those of the text. A field of their own with the weight that is best
 * for SciFact (0.5) finds 0.005 nDCG@10 more there, with a standard error of 0.007 over its questions, and looks up
 * twice as many words.
 */
final class PassageFields {
    /** All passages of a document. */
    static final String DOCUMENT = "document";

    /** All passages of a version. */
    static final String VERSION = "version";

    static final String ORDINAL = "ordinal";
    static final String VECTOR = "vector";

    /** The words of a passage in its language are in a field with its name behind this. */
    static final String WORDS = "words.";

    private static final String STORED = "passage";
    private static final String TEXT_ATTRIBUTE = "text.";
    private static final String NUMBER_ATTRIBUTE = "number.";
    private static final SortField BY_DOCUMENT = new SortField(DOCUMENT, SortField.Type.STRING);
    private static final SortField BY_ORDINAL = new SortField(ORDINAL, SortField.Type.INT);

    /** The best first, equals in the order of keys. */
    static final Sort BY_SCORE = new Sort(SortField.FIELD_SCORE, BY_DOCUMENT, BY_ORDINAL);

    /** In the order of keys. */
    static final Sort BY_KEY = new Sort(BY_DOCUMENT, BY_ORDINAL);

    private static final FieldType WORDS_TYPE = new FieldType();

    static {
        WORDS_TYPE.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
        WORDS_TYPE.setTokenized(true);
        WORDS_TYPE.freeze();
    }

    /** Reads each field of words by the rules of its language. */
    static final Analyzer ANALYZER = new DelegatingAnalyzerWrapper(Analyzer.PER_FIELD_REUSE_STRATEGY) {
        @Override
        protected Analyzer getWrappedAnalyzer(String field) {
            return Languages.analyzer(field.substring(WORDS.length()));
        }
    };

    private PassageFields() {}

    static Document document(Passage passage) {
        PassageKey key = passage.key();
        Document document = new Document();
        document.add(new StringField(DOCUMENT, key.version().document(), Field.Store.NO));
        document.add(
                new SortedDocValuesField(DOCUMENT, new BytesRef(key.version().document())));
        document.add(new StringField(VERSION, key.version().toString(), Field.Store.NO));
        document.add(new NumericDocValuesField(ORDINAL, key.ordinal()));
        document.add(new StoredField(STORED, PassageBytes.write(passage, PassageBytes.Vector.LEFT_OUT)));
        addWords(passage, document);
        addAttributes(passage.attributes(), document);
        passage.meaning()
                .map(UnitVectors::of)
                .ifPresent(v -> document.add(new KnnFloatVectorField(VECTOR, v, VectorSimilarityFunction.DOT_PRODUCT)));
        return document;
    }

    private static void addWords(Passage passage, Document document) {
        String language = Languages.of(passage.language());
        document.add(new Field(WORDS + language, QuestionWords.text(passage), WORDS_TYPE));
    }

    private static void addAttributes(Map<String, Object> attributes, Document document) {
        attributes.forEach((name, value) -> {
            if (value instanceof Long number) {
                document.add(new LongField(numberAttribute(name), number, Field.Store.NO));
            } else {
                document.add(new StringField(textAttribute(name), (String) value, Field.Store.NO));
            }
        });
    }

    static String textAttribute(String name) {
        return TEXT_ATTRIBUTE + name;
    }

    static String numberAttribute(String name) {
        return NUMBER_ATTRIBUTE + name;
    }

    static Term documentTerm(String document) {
        return new Term(DOCUMENT, document);
    }

    static Term versionTerm(PassageKey.Version version) {
        return new Term(VERSION, version.toString());
    }

    /** What {@link #versionTerm} was made of. */
    static PassageKey.Version version(String term) {
        int at = term.indexOf('@');
        return new PassageKey.Version(term.substring(0, at), term.substring(at + 1));
    }

    static Passage passage(StoredFields fields, int document) throws IOException {
        BytesRef bytes = fields.document(document).getBinaryValue(STORED);
        if (bytes == null) {
            throw new IOException("a document of the index has no passage");
        }
        return PassageBytes.read(bytes.bytes, bytes.offset, bytes.length);
    }
}
