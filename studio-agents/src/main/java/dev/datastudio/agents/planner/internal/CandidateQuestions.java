package dev.datastudio.agents.planner.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Writes an ambiguous question anew so that it has one reading: the open words give way to what they are to mean. */
final class CandidateQuestions {
    private CandidateQuestions() {}

    /** Ways to write the question, the closest to the original first. */
    static List<String> of(List<Item> items, String openWords, String meant) {
        List<String> ways = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            if (!items.get(i).text().toLowerCase(Locale.ROOT).equals(openWords)) {
                continue;
            }
            Item open = items.get(i);
            String before = text(items.subList(0, i));
            String after = text(items.subList(i + 1, items.size()));
            if (open.is(Tag.MORE_OF) || open.is(Tag.LESS_OF)) {
                String highest = (open.is(Tag.MORE_OF) ? "highest " : "lowest ") + meant;
                ways.add(before + " " + highest + " " + after);
                ways.add(before + " " + after + " with the " + highest);
                ways.add("which " + before + " " + after + " with the " + highest);
            } else {
                ways.add(before + " " + meant + " " + after);
                ways.add(before + " \"" + meant + "\" " + after);
            }
            break;
        }
        ways.addAll(byKey(text(items), meant));
        return ways.stream().map(w -> w.strip().replaceAll(" +", " ")).toList();
    }

    /** Where tables can be joined by several keys, the one that is meant is said at the end. */
    private static List<String> byKey(String question, String meant) {
        int dot = meant.lastIndexOf('.');
        String asked = question.replaceFirst("[ ?!.]+$", "");
        return dot > 0 ? List.of(asked + " joined over " + meant.substring(dot + 1)) : List.of();
    }

    private static String text(List<Item> items) {
        var text = new StringBuilder();
        for (Item item : items) {
            boolean quotes = item.is(Item.Kind.QUOTED);
            text.append(item.is(Item.Kind.PUNCTUATION) ? "" : " ")
                    .append(quotes ? "\"" + item.text() + "\"" : item.text());
        }
        return text.toString();
    }
}
