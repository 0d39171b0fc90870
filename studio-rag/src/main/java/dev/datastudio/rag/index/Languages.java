package dev.datastudio.rag.index;

import static java.util.Map.entry;

import java.util.IllformedLocaleException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.StopwordAnalyzerBase;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.bg.BulgarianAnalyzer;
import org.apache.lucene.analysis.bn.BengaliAnalyzer;
import org.apache.lucene.analysis.ca.CatalanAnalyzer;
import org.apache.lucene.analysis.cjk.CJKAnalyzer;
import org.apache.lucene.analysis.ckb.SoraniAnalyzer;
import org.apache.lucene.analysis.cz.CzechAnalyzer;
import org.apache.lucene.analysis.da.DanishAnalyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.el.GreekAnalyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.et.EstonianAnalyzer;
import org.apache.lucene.analysis.eu.BasqueAnalyzer;
import org.apache.lucene.analysis.fa.PersianAnalyzer;
import org.apache.lucene.analysis.fi.FinnishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.ga.IrishAnalyzer;
import org.apache.lucene.analysis.gl.GalicianAnalyzer;
import org.apache.lucene.analysis.hi.HindiAnalyzer;
import org.apache.lucene.analysis.hu.HungarianAnalyzer;
import org.apache.lucene.analysis.hy.ArmenianAnalyzer;
import org.apache.lucene.analysis.id.IndonesianAnalyzer;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.lt.LithuanianAnalyzer;
import org.apache.lucene.analysis.lv.LatvianAnalyzer;
import org.apache.lucene.analysis.ne.NepaliAnalyzer;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.analysis.no.NorwegianAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseAnalyzer;
import org.apache.lucene.analysis.ro.RomanianAnalyzer;
import org.apache.lucene.analysis.ru.RussianAnalyzer;
import org.apache.lucene.analysis.sr.SerbianAnalyzer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.analysis.sv.SwedishAnalyzer;
import org.apache.lucene.analysis.ta.TamilAnalyzer;
import org.apache.lucene.analysis.te.TeluguAnalyzer;
import org.apache.lucene.analysis.th.ThaiAnalyzer;
import org.apache.lucene.analysis.tr.TurkishAnalyzer;

/**
 * How the words of each language are told apart and reduced to their stems: Lucene's analysers, English with Porter's
 * stemmer (Porter, An algorithm for suffix stripping, 1980); Chinese, Japanese and Korean in pairs of characters; every
 * other language without stems. Thread-safe.
 */
public final class Languages {
    /** What a text without a known language is read by. */
    static final String UNKNOWN = "und";

    /** Chinese, Japanese and Korean, which have no spaces between words. */
    static final String CJK = "cjk";

    private static final Map<String, Supplier<Analyzer>> KNOWN = Map.ofEntries(
            entry("ar", ArabicAnalyzer::new),
            entry("bg", BulgarianAnalyzer::new),
            entry("bn", BengaliAnalyzer::new),
            entry("ca", CatalanAnalyzer::new),
            entry(CJK, CJKAnalyzer::new),
            entry("ckb", SoraniAnalyzer::new),
            entry("cs", CzechAnalyzer::new),
            entry("da", DanishAnalyzer::new),
            entry("de", GermanAnalyzer::new),
            entry("el", GreekAnalyzer::new),
            entry("en", EnglishAnalyzer::new),
            entry("es", SpanishAnalyzer::new),
            entry("et", EstonianAnalyzer::new),
            entry("eu", BasqueAnalyzer::new),
            entry("fa", PersianAnalyzer::new),
            entry("fi", FinnishAnalyzer::new),
            entry("fr", FrenchAnalyzer::new),
            entry("ga", IrishAnalyzer::new),
            entry("gl", GalicianAnalyzer::new),
            entry("hi", HindiAnalyzer::new),
            entry("hu", HungarianAnalyzer::new),
            entry("hy", ArmenianAnalyzer::new),
            entry("id", IndonesianAnalyzer::new),
            entry("it", ItalianAnalyzer::new),
            entry("lt", LithuanianAnalyzer::new),
            entry("lv", LatvianAnalyzer::new),
            entry("ne", NepaliAnalyzer::new),
            entry("nl", DutchAnalyzer::new),
            entry("no", NorwegianAnalyzer::new),
            entry("pt", PortugueseAnalyzer::new),
            entry("ro", RomanianAnalyzer::new),
            entry("ru", RussianAnalyzer::new),
            entry("sr", SerbianAnalyzer::new),
            entry("sv", SwedishAnalyzer::new),
            entry("ta", TamilAnalyzer::new),
            entry("te", TeluguAnalyzer::new),
            entry("th", ThaiAnalyzer::new),
            entry("tr", TurkishAnalyzer::new),
            entry(UNKNOWN, StandardAnalyzer::new));
    private static final Map<String, String> READ_AS =
            Map.of("zh", CJK, "ja", CJK, "ko", CJK, "nb", "no", "nn", "no", "in", "id");
    private static final Map<String, Analyzer> ANALYZERS = new ConcurrentHashMap<>();

    private Languages() {}

    /**
     * By the rules of which language a text is read.
     *
     * @param tag BCP 47; one that is not known or no tag at all gives {@link #UNKNOWN}
     */
    public static String of(String tag) {
        try {
            String language = new Locale.Builder().setLanguageTag(tag).build().getLanguage();
            String read = READ_AS.getOrDefault(language, language);
            return KNOWN.containsKey(read) ? read : UNKNOWN;
        } catch (IllformedLocaleException e) {
            return UNKNOWN; // a passage of a language with a wrong name is still found by its words
        }
    }

    /** The analyser of {@link #of}. */
    public static Analyzer analyzer(String language) {
        return ANALYZERS.computeIfAbsent(
                language, l -> KNOWN.getOrDefault(l, StandardAnalyzer::new).get());
    }

    /** The words that say nothing in a language, in lower case. */
    public static CharArraySet stopWords(String language) {
        return analyzer(language) instanceof StopwordAnalyzerBase base ? base.getStopwordSet() : CharArraySet.EMPTY_SET;
    }
}
