package dev.datastudio.agents.planner.internal;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Texts of which a regular expression's match always holds at least one, so that most expressions need not be tried on
 * most sentences. The idea is from Cox, "Regular Expression Matching with a Trigram Index" (2012), here with whole
 * literals for trigrams. What is not understood of an expression only makes the answer less sharp. Immutable.
 */
final class RequiredText {
    /** Longer literals hardly tell more. */
    private static final int LONG = 4;

    private static final int MOST = 64;
    private static final RequiredText NOTHING = new RequiredText(List.of());

    private final List<String> anyOf;

    private RequiredText(List<String> anyOf) {
        this.anyOf = anyOf;
    }

    /** What a regular expression of {@link java.util.regex.Pattern}, made without flags, requires. */
    static RequiredText of(String regex) {
        var parser = new Parser(regex);
        Set<String> literals = parser.alternatives();
        boolean isKnown = literals != null && parser.isWhole() && literals.size() <= MOST;
        return isKnown ? new RequiredText(List.copyOf(literals)) : NOTHING;
    }

    /** Whether a match may be in a text; false only where there is none. */
    boolean mayMatch(StringBuilder text) {
        for (String literal : anyOf) {
            if (text.indexOf(literal) >= 0) {
                return true;
            }
        }
        return anyOf.isEmpty();
    }

    /** Reads an expression once; null stands for a part that may match without any literal. */
    private static final class Parser {
        private final String regex;
        private int at;
        private boolean hasFlags;

        Parser(String regex) {
            this.regex = regex;
        }

        boolean isWhole() {
            return at == regex.length() && !hasFlags;
        }

        @Nullable
        Set<String> alternatives() {
            Set<String> all = new LinkedHashSet<>();
            boolean every = true;
            do {
                Set<String> one = sequence();
                every &= one != null;
                all.addAll(one == null ? Set.of() : one);
            } while (skips('|'));
            return every ? all : null;
        }

        private @Nullable Set<String> sequence() {
            Set<String> best = null;
            var run = new StringBuilder();
            while (at < regex.length() && regex.charAt(at) != '|' && regex.charAt(at) != ')') {
                int literal = literal();
                Set<String> part = literal < 0 ? group() : null;
                boolean isOptional = isOptional();
                boolean repeats = repeats();
                if (literal >= 0 && !isOptional) {
                    run.append((char) literal);
                }
                if (literal < 0 || isOptional || repeats) {
                    best = better(best, ofRun(run));
                    run.setLength(0);
                }
                best = isOptional ? best : better(best, part);
            }
            return better(best, ofRun(run));
        }

        private static @Nullable Set<String> ofRun(StringBuilder run) {
            return run.toString().isBlank() ? null : Set.of(run.toString());
        }

        /** The sharper of two requirements: longer literals, then fewer of them. */
        private static @Nullable Set<String> better(@Nullable Set<String> a, @Nullable Set<String> b) {
            if (a == null || b == null) {
                return a == null ? b : a;
            }
            int longer = Integer.compare(shortest(b), shortest(a));
            return longer > 0 || (longer == 0 && b.size() < a.size()) ? b : a;
        }

        private static int shortest(Set<String> literals) {
            return literals.stream()
                    .mapToInt(l -> Math.min(LONG, l.length()))
                    .min()
                    .orElse(0);
        }

        /** The character that stands for itself here; -1 where something else stands. */
        private int literal() {
            char c = regex.charAt(at);
            if (c == '\\') {
                char escaped = at + 1 < regex.length() ? regex.charAt(at + 1) : 'Q';
                boolean isSign = escaped < 128 && !Character.isLetterOrDigit(escaped);
                at += isSign ? 2 : 0;
                return isSign ? escaped : -1;
            } else if ("[(.^$".indexOf(c) >= 0) {
                return -1;
            }
            at++;
            return c;
        }

        /** What a group requires; nothing for a class of characters, a look around and the like. */
        private @Nullable Set<String> group() {
            char c = regex.charAt(at);
            if (c == '[') {
                skipClass();
                return null;
            } else if (c == '\\') {
                skipEscape();
                return null;
            } else if (c != '(') {
                at++;
                return null;
            }
            at++;
            boolean looksAround = false;
            if (skips('?')) {
                boolean behind = regex.startsWith("<=", at) || regex.startsWith("<!", at);
                looksAround = behind || regex.startsWith("=", at) || regex.startsWith("!", at);
                hasFlags |= !looksAround && !regex.startsWith(":", at);
                at += behind ? 2 : 1;
            }
            Set<String> inside = alternatives();
            skips(')');
            return looksAround ? null : inside;
        }

        private void skipClass() {
            int depth = 0;
            do {
                char c = regex.charAt(at);
                depth += c == '[' ? 1 : c == ']' ? -1 : 0;
                at += c == '\\' ? 2 : 1;
            } while (depth > 0 && at < regex.length());
        }

        private void skipEscape() {
            boolean isProperty = regex.startsWith("p{", at + 1) || regex.startsWith("P{", at + 1);
            // A quotation would hide what follows from the rest of this parser.
            hasFlags |= regex.startsWith("Q", at + 1);
            at = isProperty ? regex.indexOf('}', at) + 1 : Math.min(regex.length(), at + 2);
        }

        private boolean isOptional() {
            return at < regex.length()
                    && (regex.charAt(at) == '?' || regex.charAt(at) == '*' || regex.startsWith("{0", at));
        }

        /** Steps over a quantifier. */
        private boolean repeats() {
            boolean counted = at < regex.length() && regex.charAt(at) == '{';
            boolean marked = skips('?') || skips('*') || skips('+');
            if (counted) {
                at = regex.indexOf('}', at) + 1;
            }
            boolean repeats = counted || marked;
            if (repeats && !skips('?')) {
                skips('+');
            }
            return repeats;
        }

        private boolean skips(char c) {
            boolean isHere = at < regex.length() && regex.charAt(at) == c;
            at += isHere ? 1 : 0;
            return isHere;
        }
    }
}
