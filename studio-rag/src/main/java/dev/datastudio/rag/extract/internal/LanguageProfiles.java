package dev.datastudio.rag.extract.internal;

import java.lang.Character.UnicodeScript;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.bg.BulgarianAnalyzer;
import org.apache.lucene.analysis.ca.CatalanAnalyzer;
import org.apache.lucene.analysis.ckb.SoraniAnalyzer;
import org.apache.lucene.analysis.cz.CzechAnalyzer;
import org.apache.lucene.analysis.da.DanishAnalyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.eu.BasqueAnalyzer;
import org.apache.lucene.analysis.fa.PersianAnalyzer;
import org.apache.lucene.analysis.fi.FinnishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.ga.IrishAnalyzer;
import org.apache.lucene.analysis.gl.GalicianAnalyzer;
import org.apache.lucene.analysis.hi.HindiAnalyzer;
import org.apache.lucene.analysis.hu.HungarianAnalyzer;
import org.apache.lucene.analysis.id.IndonesianAnalyzer;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.lt.LithuanianAnalyzer;
import org.apache.lucene.analysis.lv.LatvianAnalyzer;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.analysis.no.NorwegianAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseAnalyzer;
import org.apache.lucene.analysis.ro.RomanianAnalyzer;
import org.apache.lucene.analysis.ru.RussianAnalyzer;
import org.apache.lucene.analysis.sv.SwedishAnalyzer;
import org.apache.lucene.analysis.tr.TurkishAnalyzer;

/**
 * What the languages are told by. Small words are those that Lucene's analysers pass over; a word of several languages
 * counts the less the more of them have it.
 */
public final class LanguageProfiles {
    /** Single letters are names of variables and points as often as words. */
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{M}]{2,}");

    private static final int MAX_WORDS = 4_000;
    private static final int MIN_LETTERS = 12;
    /**
     * So many different small words at least, weighted; below it is chance. The same word again is no more evidence: a
     * form or a filler text repeats what another language has for a small word.
     */
    private static final double MIN_DIFFERENT = 2;
    /** Running text has a third to a half of small words; lists and tables have few. */
    private static final double MIN_SHARE = 0.06;
    /** How far the best must be ahead of the next. */
    private static final double MIN_LEAD = 1.1;
    /** The same for different words: one at least that the next has not. */
    private static final double MIN_DIFFERENT_LEAD = 1;

    /** Thirds and sixths don't add up to whole numbers. */
    private static final double EPSILON = 1e-9;

    private static final Map<UnicodeScript, String> SINGLE = Map.of(
            UnicodeScript.GREEK, "el",
            UnicodeScript.HEBREW, "he",
            UnicodeScript.HANGUL, "ko",
            UnicodeScript.THAI, "th",
            UnicodeScript.BENGALI, "bn",
            UnicodeScript.TAMIL, "ta",
            UnicodeScript.TELUGU, "te",
            UnicodeScript.ARMENIAN, "hy",
            UnicodeScript.GEORGIAN, "ka",
            UnicodeScript.GUJARATI, "gu");

    private LanguageProfiles() {}

    /** The language of most of a text, or {@code und}. */
    public static String detect(CharSequence text) {
        String sample = text.subSequence(0, Math.min(text.length(), LanguageSample.LENGTH))
                .toString()
                .toLowerCase(Locale.ROOT);
        Map<UnicodeScript, Integer> letters = letters(sample);
        int all = letters.values().stream().mapToInt(Integer::intValue).sum();
        int kana = letters.getOrDefault(UnicodeScript.HIRAGANA, 0) + letters.getOrDefault(UnicodeScript.KATAKANA, 0);
        int han = letters.getOrDefault(UnicodeScript.HAN, 0);
        if (all < MIN_LETTERS && kana + han < 4) {
            return "und";
        } else if ((kana + han) * 4 > all) { // one of their characters says as much as a few letters
            return kana * 20 > han ? "ja" : "zh";
        }
        UnicodeScript script = letters.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .orElseThrow()
                .getKey();
        if (letters.getOrDefault(script, 0) * 2 < all) {
            return "und";
        } else if (script == UnicodeScript.CYRILLIC) {
            return cyrillic(sample);
        }
        String single = SINGLE.get(script);
        return single == null ? byWords(sample, script) : single;
    }

    /** The small words of a language, in lower case; none for one that is told by its script. */
    public static Set<String> smallWords(String language) {
        return Words.SMALL.getOrDefault(language, Set.of());
    }

    private static Map<UnicodeScript, Integer> letters(String text) {
        Map<UnicodeScript, Integer> counts = new EnumMap<>(UnicodeScript.class);
        text.codePoints()
                .filter(Character::isLetter)
                .forEach(letter -> counts.merge(scriptOf(letter), 1, Integer::sum));
        return counts;
    }

    /** Most letters are Latin, and looking a script up is slow. */
    private static UnicodeScript scriptOf(int letter) {
        return letter < 0x250 ? UnicodeScript.LATIN : UnicodeScript.of(letter);
    }

    /** Letters that one language has and the others have not; the rest by their small words. */
    private static String cyrillic(String text) {
        long ukrainian = count(text, "іїєґ");
        long serbian = count(text, "ђјљњћџ");
        long russian = count(text, "ыэё");
        long most = Math.max(ukrainian, Math.max(serbian, russian));
        if (most * 200 > text.length()) {
            return most == ukrainian ? "uk" : most == serbian ? "sr" : "ru";
        }
        return byWords(text, UnicodeScript.CYRILLIC);
    }

    private static long count(String text, String letters) {
        return text.chars().filter(c -> letters.indexOf(c) >= 0).count();
    }

    private static String byWords(String text, UnicodeScript script) {
        Map<String, Double> scores = new TreeMap<>();
        Map<String, Double> different = new TreeMap<>();
        Set<String> seen = new HashSet<>();
        Matcher words = WORD.matcher(text);
        int number = 0;
        while (number < MAX_WORDS && words.find()) {
            number++;
            Set<String> languages = Words.LANGUAGES.getOrDefault(words.group(), Set.of());
            boolean isNew = seen.add(words.group());
            for (String language : languages) {
                if (Words.scriptOf(language) == script) {
                    scores.merge(language, 1.0 / languages.size(), Double::sum);
                    different.merge(language, isNew ? 1.0 / languages.size() : 0, Double::sum);
                }
            }
        }
        double least = MIN_SHARE * number;
        return scores.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .filter(best -> best.getValue() >= least && best.getValue() >= MIN_LEAD * most(scores, best.getKey()))
                .map(Map.Entry::getKey)
                .filter(language -> isEvidence(language, different))
                .orElse("und");
    }

    private static boolean isEvidence(String language, Map<String, Double> different) {
        double own = different.getOrDefault(language, 0.0) + EPSILON;
        return own >= MIN_DIFFERENT && own - most(different, language) >= MIN_DIFFERENT_LEAD;
    }

    /** What another language has at most. */
    private static double most(Map<String, Double> scores, String butOf) {
        return scores.entrySet().stream()
                .filter(each -> !each.getKey().equals(butOf))
                .mapToDouble(Map.Entry::getValue)
                .max()
                .orElse(0);
    }

    /** Loaded when the first text needs it. */
    private static final class Words {
        /** Polish and Slovak are not among Lucene's common analysers; some of their small words. */
        private static final String POLISH = "i w na z się nie do że jest to o jak od po za przez dla ale są przy oraz"
                + " co tak ich był było być może lub tego tym jego której który które jako także już czy tylko";

        /** Lucene's list has 33, those of other languages 100 to 300: much of them would be found in English more often. */
        private static final String ENGLISH = "the be to of and in that have it for not on with he as you do at this"
                + " but his by from they we her she or an will my one all would there their what so up out if about"
                + " who which when can no just him into your some could them other than then now only its over also"
                + " after how our these any us are was were is been has had did does more such where between through"
                + " during before under while because both each must may should against here very too yet those"
                + " being most own same until again why many much whose upon without within";

        /** Lucene's list has 1,600 words, inflected nouns and single letters among them, and finds itself everywhere. */
        private static final String ESTONIAN = "ja on ei et kui see oma ka aga mis ning või oli selle kes siis nad kuid"
                + " nii tema mida olid pole juba veel üks seda selles välja kus kõik olla saab võib pärast";

        private static final Map<String, Set<String>> SMALL = smallWords();

        /** Which languages have a word. */
        private static final Map<String, Set<String>> LANGUAGES = languages();

        static UnicodeScript scriptOf(String language) {
            return switch (language) {
                case "ar", "fa", "ckb" -> UnicodeScript.ARABIC;
                case "bg", "ru" -> UnicodeScript.CYRILLIC;
                case "hi" -> UnicodeScript.DEVANAGARI;
                default -> UnicodeScript.LATIN;
            };
        }

        private static Map<String, Set<String>> languages() {
            Map<String, Set<String>> languages = new HashMap<>();
            SMALL.forEach((language, words) -> words.forEach(word -> languages
                    .computeIfAbsent(word, w -> new java.util.TreeSet<>())
                    .add(language)));
            return languages;
        }

        private static Map<String, Set<String>> smallWords() {
            Map<String, Set<String>> all = new TreeMap<>();
            all.put("ar", words(ArabicAnalyzer.getDefaultStopSet()));
            all.put("bg", words(BulgarianAnalyzer.getDefaultStopSet()));
            all.put("ca", words(CatalanAnalyzer.getDefaultStopSet()));
            all.put("ckb", words(SoraniAnalyzer.getDefaultStopSet()));
            all.put("cs", words(CzechAnalyzer.getDefaultStopSet()));
            all.put("da", words(DanishAnalyzer.getDefaultStopSet()));
            all.put("de", words(GermanAnalyzer.getDefaultStopSet()));
            all.put("en", Set.of(ENGLISH.split(" ")));
            all.put("es", words(SpanishAnalyzer.getDefaultStopSet()));
            all.put("et", Set.of(ESTONIAN.split(" ")));
            all.put("eu", words(BasqueAnalyzer.getDefaultStopSet()));
            all.put("fa", words(PersianAnalyzer.getDefaultStopSet()));
            all.put("fi", words(FinnishAnalyzer.getDefaultStopSet()));
            all.put("fr", words(FrenchAnalyzer.getDefaultStopSet()));
            all.put("ga", words(IrishAnalyzer.getDefaultStopSet()));
            all.put("gl", words(GalicianAnalyzer.getDefaultStopSet()));
            all.put("hi", words(HindiAnalyzer.getDefaultStopSet()));
            all.put("hu", words(HungarianAnalyzer.getDefaultStopSet()));
            all.put("id", words(IndonesianAnalyzer.getDefaultStopSet()));
            all.put("it", words(ItalianAnalyzer.getDefaultStopSet()));
            all.put("lt", words(LithuanianAnalyzer.getDefaultStopSet()));
            all.put("lv", words(LatvianAnalyzer.getDefaultStopSet()));
            all.put("nl", words(DutchAnalyzer.getDefaultStopSet()));
            all.put("no", words(NorwegianAnalyzer.getDefaultStopSet()));
            all.put("pl", Set.of(POLISH.split(" ")));
            all.put("pt", words(PortugueseAnalyzer.getDefaultStopSet()));
            all.put("ro", words(RomanianAnalyzer.getDefaultStopSet()));
            all.put("ru", words(RussianAnalyzer.getDefaultStopSet()));
            all.put("sv", words(SwedishAnalyzer.getDefaultStopSet()));
            all.put("tr", words(TurkishAnalyzer.getDefaultStopSet()));
            return all;
        }

        private static Set<String> words(CharArraySet set) {
            Set<String> words = new java.util.HashSet<>();
            for (Object word : set) {
                words.add(new String((char[]) word));
            }
            return words;
        }
    }
}
