package dev.datastudio.rag.answer.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** A quote is where it stands letter by letter, however it is set (A9). */
class QuotesTest {
    @Test
    void findsWordsAsTheyStand() {
        assertEquals("forty days", found("forty days", "It rained forty days."));
        assertEquals("forty days", found("  forty days\n", "It rained forty days."));
    }

    @Test
    void findsWordsThatAreSetInAnotherWay() {
        assertEquals("the\n  long   road", found("the long road", "On the\n  long   road home"));
        assertEquals("don\u2019t \u201cstop\u201d", found("don't \"stop\"", "We don\u2019t \u201cstop\u201d."));
        assertEquals("1990\u20131995", found("1990-1995", "from 1990\u20131995 on"));
        assertEquals("co\u00adoperation", found("cooperation", "their co\u00adoperation ended"));
        assertEquals("cooperation", found("co\u00adoperation", "their cooperation ended"));
    }

    @Test
    void findsNothingThatIsOnlyAlike() {
        String text = "Sales rose by 12 % in May.";
        assertTrue(Quotes.find("Sales rose by 13 % in May", text).isEmpty());
        assertTrue(Quotes.find("sales rose by 12 %", text).isEmpty(), "another case may be another name");
        assertTrue(Quotes.find("Sales rose by 12 % in May. It", text).isEmpty());
        assertTrue(Quotes.find("Salesrose", text).isEmpty());
    }

    @Test
    void findsNoEmptyQuote() {
        assertTrue(Quotes.find("", "text").isEmpty());
        assertTrue(Quotes.find(" \n\u00ad", "text").isEmpty());
    }

    private static String found(String quote, String text) {
        Quotes.Span span = Quotes.find(quote, text).orElseThrow();
        return text.substring(span.from(), span.to());
    }
}
