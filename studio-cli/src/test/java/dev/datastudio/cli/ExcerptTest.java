package dev.datastudio.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.search.PassageKey;
import dev.datastudio.api.search.SearchIndex.Retriever;
import dev.datastudio.rag.answer.Evidence;
import dev.datastudio.rag.document.DocumentPassage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a person is shown of a passage (G9). */
class ExcerptTest {
    private static Evidence evidence(String text, String word) {
        List<Evidence.Highlight> marks = new ArrayList<>();
        Matcher matcher = Pattern.compile(word).matcher(text);
        while (matcher.find()) {
            marks.add(new Evidence.Highlight(matcher.start(), matcher.end()));
        }
        PassageKey key = new PassageKey(new PassageKey.Version("d", "v"), 0);
        return new Evidence(
                new DocumentPassage(key, "d.txt", "", text, "en", 0, 0, text.length()),
                1,
                Map.of(Retriever.WORDS, 2.0),
                marks);
    }

    @Test
    void makesTheWordsOfTheQuestionStandOut() {
        Evidence evidence = evidence("The bridge is long.", "bridge");

        assertEquals("The \u001b[1mbridge\u001b[0m is long.", Excerpt.of(evidence, Terminal.Style.BOLD));
        assertEquals("The bridge is long.", Excerpt.of(evidence, Terminal.Style.PLAIN));
    }

    @Test
    void showsThePartWithMostOfThem() {
        String text = "filler words ".repeat(100) + "a bridge and a bridge" + " more filler".repeat(100);

        String shown = Excerpt.of(evidence(text, "bridge"), Terminal.Style.PLAIN);

        assertTrue(shown.startsWith("... ") && shown.endsWith(" ..."), shown);
        assertTrue(shown.replace("\n", " ").contains("a bridge and a bridge"), shown);
        assertTrue(shown.lines().allMatch(line -> line.length() <= 100), shown);
    }

    @Test
    void breaksNoBoldWordAndCountsNoCode() {
        String text = "word ".repeat(60).strip();

        String bold = Excerpt.of(evidence(text, "word"), Terminal.Style.BOLD);

        assertEquals(Excerpt.of(evidence(text, "word"), Terminal.Style.PLAIN), bold.replaceAll("\u001b\\[\\d*m", ""));
    }
}
