package dev.datastudio.agents.planner.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Cuts a follow-up into segments by the words that say how something changes: add, remove, only, instead of. What
 * remains is read like any other words of a question. Immutable.
 */
final class FollowUpText {
    private static final Map<List<String>, Cue> HEADS = heads();

    /** Verbs that an article makes a noun: "the filter". */
    private static final Set<String> NOUNS =
            Set.of("filter", "split", "group", "drop", "color", "colour", "slice", "facet", "limit");

    private static final Set<String> ARTICLES = Set.of("the", "a", "this", "that", "any", "all", "no", "its", "every");

    /** Said after the words that they are about: "profit too". */
    private static final Map<List<String>, Cue> TAILS = Map.of(
            List.of("too"), Cue.ADD,
            List.of("as", "well"), Cue.ADD,
            List.of("in", "addition"), Cue.ADD,
            List.of("only"), Cue.ONLY,
            List.of("alone"), Cue.ONLY,
            List.of("out"), Cue.REMOVE);

    private static final Set<String> SWAPS =
            Set.of("replace", "swap", "substitute", "exchange", "switch", "change", "turn", "convert");
    private static final Set<String> SWAP_JOINTS = Set.of("with", "by", "for", "to", "into");
    private static final List<List<String>> INSTEAD =
            List.of(List.of("instead", "of"), List.of("rather", "than"), List.of("in", "place", "of"));

    /** What may stand around a follow-up without changing it. */
    private static final Set<String> ASIDE = Set.of(
            "actually",
            "ok",
            "okay",
            "again",
            "maybe",
            "perhaps",
            "hmm",
            "yes",
            "thanks",
            "great",
            "please",
            "instead",
            "simply",
            "rather",
            "fine",
            "cool",
            "oh",
            "well",
            "same",
            "still");

    private static final Set<String> GOES_BACK = Set.of(
            "undo",
            "undo that",
            "undo it",
            "undo this",
            "undo the last change",
            "undo last change",
            "undo the change",
            "undo the last edit",
            "undo the last step",
            "go back",
            "go one back",
            "go back one",
            "go back one step",
            "back",
            "revert",
            "revert that",
            "revert the last change",
            "take that back",
            "take it back",
            "previous",
            "previous one",
            "the previous one",
            "show the previous one",
            "back to the previous one",
            "go back to the previous one",
            "never mind",
            "nevermind",
            "as before",
            "as it was",
            "as it was before");

    private static final Set<String> PRONOUNS = Set.of("it", "this", "that", "them", "these", "those", "same");
    private static final Set<String> DEFINITES = Set.of("number", "average", "mean", "total", "median", "count", "sum");
    private static final List<List<String>> OPENINGS = List.of(
            List.of("what", "about"),
            List.of("how", "about"),
            List.of("and"),
            List.of("now"),
            List.of("then"),
            List.of("but"),
            List.of("same"),
            List.of("the", "same"),
            List.of("make", "it"),
            List.of("instead"));

    private final Scope index;
    private final List<Token> tokens;
    private final List<String> words;

    FollowUpText(List<Token> tokens, Scope index) {
        this.index = index;
        this.tokens = withoutEnd(tokens);
        this.words = this.tokens.stream().map(Token::text).toList();
    }

    private static List<Token> withoutEnd(List<Token> tokens) {
        int end = tokens.size();
        while (end > 0 && Set.of("?", ".", "!").contains(tokens.get(end - 1).text())) {
            end--;
        }
        return List.copyOf(tokens.subList(0, end));
    }

    private static Map<List<String>, Cue> heads() {
        Map<List<String>, Cue> heads = new HashMap<>();
        put(
                heads,
                Cue.ADD,
                "add; add in; also; and also; also show; also add; include; including; additionally;"
                        + " together with; along with; plus; as well as; in addition to");
        put(
                heads,
                Cue.REMOVE,
                "remove; drop; without; exclude; excluding; except; except for; leave out; take out;"
                        + " take away; get rid of; omit; ignore; ignoring; hide; delete; minus; but not; but no; no; not;"
                        + " clear; reset; do not show; apart from; other than; no longer; stop");
        put(heads, Cue.PLAIN, "but");
        put(
                heads,
                Cue.ONLY,
                "only; just; keep; keep only; only keep; limit to; limit it to; limit this to;"
                        + " restrict to; restrict it to; filter to; filter by; filter on; filter for; filter it to; filter;"
                        + " focus on; narrow down to; narrow it down to; narrow to");
        put(
                heads,
                Cue.SPLIT,
                "break it down; break down; break this down; break that down; break them down; split;"
                        + " split it; split this; split that; split them; split up; group; group it; group this; group them;"
                        + " divide; divide it; segment it; separate; separate it; separate them; slice; slice it; colour it;"
                        + " color it; color; colour; facet; drill down; drill down into; drill into");
        return Map.copyOf(heads);
    }

    private static void put(Map<List<String>, Cue> heads, Cue cue, String phrases) {
        for (String phrase : phrases.split(";", -1)) {
            heads.put(List.of(phrase.strip().split(" ", -1)), cue);
        }
    }

    /** Whether it takes the last change back. */
    boolean goesBack() {
        return GOES_BACK.contains(String.join(
                " ",
                words.stream()
                        .filter(w -> !ASIDE.contains(w) && !w.equals(",") && !w.equals("now"))
                        .toList()));
    }

    /** Whether it opens, or refers back, as no question of its own does. */
    boolean refersBack() {
        boolean opens = OPENINGS.stream().anyMatch(o -> startsWith(0, o)) && !asksAnew();
        boolean changes = !words.isEmpty() && (headAt(0).isPresent() || SWAPS.contains(words.get(0)));
        boolean swaps = words.contains("instead") || INSTEAD.stream().anyMatch(i -> indexOf(i) >= 0);
        boolean tail = TAILS.keySet().stream()
                .anyMatch(t -> words.size() > t.size() && startsWith(words.size() - t.size(), t));
        return opens || changes || swaps || tail || hasPronoun() || hasOpenDefinite();
    }

    /** "Now show the average fare by class" opens like a follow-up but says everything itself. */
    private boolean asksAnew() {
        Lexicon lexicon = Lexicon.english();
        return words.stream()
                .limit(3)
                .anyMatch(w -> !OPENINGS.contains(List.of(w))
                        && lexicon.find(List.of(w))
                                .filter(m -> m.tag() == Tag.SHOW || (m.tag() == Tag.QUESTION && !w.equals("what")))
                                .isPresent());
    }

    /** "Show it by month": what "it" is, only the answer before says. */
    private boolean hasPronoun() {
        return IntStream.range(0, words.size()).anyMatch(i -> PRONOUNS.contains(words.get(i)) && standsAlone(i));
    }

    /** A pronoun by itself, not "this year", "those passengers" or the "that" of "that have". */
    private boolean standsAlone(int at) {
        if (at == 0) {
            return false;
        }
        if (at + 1 == words.size() || tokens.get(at + 1).kind() == Token.Kind.PUNCTUATION) {
            return true;
        }
        return Lexicon.english()
                .find(List.of(words.get(at + 1)))
                .filter(m -> m.tag() == Tag.GROUP
                        || m.tag() == Tag.PREPOSITION
                        || m.tag() == Tag.GRAIN_ADJECTIVE
                        || m.tag() == Tag.OVER_TIME
                        || words.get(at + 1).equals("over")
                        || words.get(at + 1).equals("now"))
                .isPresent();
    }

    /** "How the number varies": the number of what, only the answer before says. */
    private boolean hasOpenDefinite() {
        for (int i = 1; i < words.size(); i++) {
            boolean isDefinite = words.get(i - 1).equals("the") && DEFINITES.contains(words.get(i));
            if (isDefinite && (i + 1 == words.size() || isVerb(words.get(i + 1)))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isVerb(String word) {
        return Set.of(
                        "varies",
                        "changes",
                        "changed",
                        "develops",
                        "evolves",
                        "differs",
                        "is",
                        "was",
                        "over",
                        "by",
                        "per")
                .contains(word);
    }

    /** The segments, in order; at least one unless nothing was said. */
    List<Segment> segments() {
        Optional<Segment> swap = instead().or(this::swap);
        if (swap.isPresent()) {
            return List.of(swap.get());
        }
        List<Segment> segments = new ArrayList<>();
        Cue cue = Cue.PLAIN;
        List<Token> part = new ArrayList<>();
        int at = leadingAnd();
        if (at > 0 && !startsWith(at, List.of("for")) && !startsWith(at, List.of("in"))) {
            cue = Cue.ADD;
        }
        while (at < tokens.size()) {
            Optional<Map.Entry<List<String>, Cue>> head = headAt(at);
            if (head.isPresent() && !isPartOfFilter(at)) {
                close(segments, cue, part);
                cue = head.get().getValue();
                at += head.get().getKey().size();
            } else {
                part.add(tokens.get(at++));
            }
        }
        close(segments, cue, part);
        return List.copyOf(segments);
    }

    /** "Not" after a verb of comparison belongs to the condition: "is not 3". */
    private boolean isPartOfFilter(int at) {
        boolean isNegation = words.get(at).equals("not") || words.get(at).equals("no");
        boolean follows = at > 0
                && Set.of("is", "are", "was", "were", "does", "do", "did", "has", "have", "or", "and")
                        .contains(words.get(at - 1));
        return isNegation && follows;
    }

    private int leadingAnd() {
        int at = 0;
        while (at < words.size() && ASIDE.contains(words.get(at))) {
            at++;
        }
        return at < words.size() && words.get(at).equals("and") ? at + 1 : 0;
    }

    private static void close(List<Segment> segments, Cue cue, List<Token> part) {
        List<Token> kept = new ArrayList<>(part);
        part.clear();
        Cue last = cue;
        for (Map.Entry<List<String>, Cue> tail : TAILS.entrySet()) {
            int from = kept.size() - tail.getKey().size();
            boolean ends = from > 0
                    && kept.subList(from, kept.size()).stream()
                            .map(Token::text)
                            .toList()
                            .equals(tail.getKey());
            if (ends) {
                kept = new ArrayList<>(kept.subList(0, from));
                last = cue == Cue.PLAIN || tail.getValue() == Cue.ADD ? tail.getValue() : cue;
            }
        }
        List<Token> said = trimmed(kept);
        if (!said.isEmpty()) {
            segments.add(new Segment(last, said, List.of()));
        }
    }

    /** Without words aside, and without joints at either end. */
    private static List<Token> trimmed(List<Token> tokens) {
        List<Token> kept = new ArrayList<>(tokens);
        kept.removeIf(t -> t.isWord() && ASIDE.contains(t.text()));
        while (!kept.isEmpty() && isJoint(kept.get(kept.size() - 1))) {
            kept.remove(kept.size() - 1);
        }
        while (!kept.isEmpty() && isJoint(kept.get(0))) {
            kept.remove(0);
        }
        return kept;
    }

    private static boolean isJoint(Token token) {
        return Set.of(",", "and", ";", ":", "then", ".", "now").contains(token.text());
    }

    /** "Profit instead of sales", "instead of sales show profit". */
    private Optional<Segment> instead() {
        for (List<String> phrase : INSTEAD) {
            int at = indexOf(phrase);
            if (at < 0) {
                continue;
            }
            List<Token> before = trimmed(tokens.subList(0, at));
            List<Token> after = tokens.subList(at + phrase.size(), tokens.size());
            boolean said = before.stream().anyMatch(t -> !isSaid(t));
            if (said) {
                return Optional.of(new Segment(Cue.REPLACE, before, trimmed(after)));
            }
            int cut = cut(after);
            if (cut > 0) {
                return Optional.of(new Segment(
                        Cue.REPLACE, trimmed(after.subList(cut, after.size())), trimmed(after.subList(0, cut))));
            }
        }
        return Optional.empty();
    }

    /** Whether a word only asks to be shown something. */
    private static boolean isSaid(Token token) {
        return !token.isWord()
                || Lexicon.english()
                        .find(List.of(token.text()))
                        .filter(m -> m.tag() == Tag.SHOW || m.tag() == Tag.FILLER)
                        .isPresent();
    }

    /** Where in "sales, show profit" the new part begins; 0 when it doesn't. */
    private static int cut(List<Token> after) {
        for (int i = 1; i < after.size(); i++) {
            Token token = after.get(i);
            boolean shows = token.isWord()
                    && (token.text().equals("use")
                            || Lexicon.english()
                                    .find(List.of(token.text()))
                                    .filter(m -> m.tag() == Tag.SHOW)
                                    .isPresent());
            if (shows || token.text().equals(",")) {
                return i;
            }
        }
        return 0;
    }

    /** "Replace sales with profit", "change the chart to a pie", "switch from year to month". */
    private Optional<Segment> swap() {
        int verb = IntStream.range(0, Math.min(words.size(), 6))
                .filter(i -> SWAPS.contains(words.get(i)))
                .findFirst()
                .orElse(-1);
        if (verb < 0 || !tokens.subList(0, verb).stream().allMatch(t -> isSaid(t) || ASIDE.contains(t.text()))) {
            return Optional.empty();
        }
        for (int i = words.size() - 2; i > verb; i--) {
            if (SWAP_JOINTS.contains(words.get(i))) {
                int from = verb + 1 < i && words.get(verb + 1).equals("from") ? verb + 2 : verb + 1;
                List<Token> old = trimmed(tokens.subList(from, i));
                List<Token> fresh = trimmed(tokens.subList(i + 1, tokens.size()));
                boolean names = old.stream().anyMatch(t -> !isSaid(t) && !isKindOfPart(t.text()));
                return Optional.of(
                        names ? new Segment(Cue.REPLACE, fresh, old) : new Segment(Cue.PLAIN, fresh, List.of()));
            }
        }
        return Optional.empty();
    }

    /** "Change the chart to a pie", "the aggregate to median": names what changes, not what it was. */
    private static boolean isKindOfPart(String word) {
        return Set.of(
                        "chart",
                        "type",
                        "grain",
                        "granularity",
                        "aggregate",
                        "aggregation",
                        "measure",
                        "metric",
                        "grouping",
                        "group",
                        "dimension",
                        "filter",
                        "limit",
                        "sorting",
                        "order",
                        "unit",
                        "period",
                        "breakdown",
                        "resolution",
                        "visualization",
                        "visualisation",
                        "year",
                        "interval")
                .contains(word);
    }

    private Optional<Map.Entry<List<String>, Cue>> headAt(int at) {
        boolean isName = !index.named(List.of(words.get(at))).isEmpty();
        boolean isNoun = NOUNS.contains(words.get(at)) && at > 0 && ARTICLES.contains(words.get(at - 1));
        if (tokens.get(at).kind() != Token.Kind.WORD || isName || isNoun) {
            return Optional.empty();
        }
        return HEADS.entrySet().stream()
                .filter(h -> startsWith(at, h.getKey()))
                .max(Comparator.comparingInt(h -> h.getKey().size()));
    }

    private boolean startsWith(int at, List<String> phrase) {
        return at + phrase.size() <= words.size()
                && words.subList(at, at + phrase.size()).equals(phrase);
    }

    private int indexOf(List<String> phrase) {
        return IntStream.range(0, words.size())
                .filter(i -> startsWith(i, phrase))
                .findFirst()
                .orElse(-1);
    }
}
