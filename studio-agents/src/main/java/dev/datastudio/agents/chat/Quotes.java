package dev.datastudio.agents.chat;

import dev.datastudio.agents.chat.ChatTrace.Quote;
import dev.datastudio.agents.chat.ChatTrace.ToolUse;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of documents that the tool for questions to documents answered with. */
final class Quotes {
    private static final String TOOL = "query_documents";

    /** A line of the tool. All that it says of a document stands on one line, so that no document can write such a line. */
    private static final Pattern LINE = Pattern.compile(
            "^  source: (?<name>.+) \\((?<document>[^() ]+)\\)(?:, page (?<page>\\d{1,9}))?"
                    + ", characters (?<from>\\d{1,18})-(?<to>\\d{1,18}): \"(?<text>.*)\"$",
            Pattern.MULTILINE);

    private Quotes() {}

    /** Each once, in their order. */
    static List<Quote> of(List<ToolUse> tools) {
        List<Quote> quotes = new ArrayList<>();
        for (ToolUse use : tools) {
            if (use.name().equals(TOOL) && !use.isError()) {
                Matcher line = LINE.matcher(use.result());
                while (line.find()) {
                    quotes.add(read(line));
                }
            }
        }
        return quotes.stream().distinct().toList();
    }

    private static Quote read(Matcher line) {
        String page = line.group("page");
        return new Quote(
                line.group("document"),
                line.group("name"),
                page == null ? 0 : Integer.parseInt(page),
                line.group("text"),
                Long.parseLong(line.group("from")),
                Long.parseLong(line.group("to")));
    }
}
