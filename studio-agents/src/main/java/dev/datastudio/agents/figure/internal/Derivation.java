package dev.datastudio.agents.figure.internal;

import dev.datastudio.agents.figure.Figure.Derived;
import dev.datastudio.agents.figure.Figure.Operation;
import dev.datastudio.agents.figure.Figure.Place;
import dev.datastudio.agents.figure.internal.Evidence.Match;
import dev.datastudio.agents.figure.internal.Evidence.Span;
import dev.datastudio.agents.figure.internal.Statement.Quantity;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Figures that follow from others which stand near them and are stated by tool results. A word of the sentence names
 * the operation; with up to eight operands near by and few operations, a chance hit needs few digits, so results of one
 * digit count only with operands in the same sentence.
 */
public final class Derivation {
    private static final int MAX_OPERANDS = 8;
    private static final int MAX_SENTENCES = 3;

    private static final Map<Operation, Pattern> CUES = Map.of(
            Operation.DIFFERENCE,
            words("differ\\w*|gap|more|less|fewer|higher|lower|increas\\w*|decreas\\w*|rose|fell|drop\\w*|grew|gain\\w*"
                    + "|lost|loss|ahead|behind|exceed\\w*|outnumber\\w*|lead|margin|unterschied|differenz|mehr|weniger"
                    + "|écart|différence|plus|moins"),
            Operation.SUM,
            words("total\\w*|sum|together|combined|altogether|overall|in all|zusammen|insgesamt|summe|ensemble"),
            Operation.RATIO,
            words("times|ratio|twice|\\w*fold|double|triple|factor|per|mal|fois|verhältnis|x"),
            Operation.PERCENT_CHANGE,
            words("increas\\w*|decreas\\w*|growth|grew|rose|fell|up|down|chang\\w*|higher|lower|more|less|drop\\w*"
                    + "|declin\\w*|gain\\w*|wachstum|gestiegen|gesunken|hausse|baisse"),
            Operation.REMAINDER,
            words("remain\\w*|rest|others?|not|\\w+n['’]t|übrigen?|reste|autres"));
    private static final Pattern WHOLE = words("of the|of all|out of|among");
    private static final Pattern SHARE =
            words("share|of|proportion|percentage|accounts?|accounting|makes? up|represent\\w*|rate|anteil|part");

    private final AnswerText text;
    private final List<Optional<Match>> matches;

    private Derivation(AnswerText text, List<Optional<Match>> matches) {
        this.text = text;
        this.matches = matches;
    }

    private static Pattern words(String alternatives) {
        return Pattern.compile("(?<![\\p{L}])(?:" + alternatives + ")(?!\\p{L})");
    }

    /** Over the statements of a text and where each is held. */
    public static Derivation of(AnswerText text, List<Optional<Match>> matches) {
        return new Derivation(text, matches);
    }

    private record Operand(Place place, double value, boolean percent, boolean sameSentence) {}

    /** A figure with the operations that its sentence names. */
    private record Target(
            Span span, boolean percent, boolean oneDigit, Set<Operation> named, boolean share, boolean whole) {
        static Target of(Statement statement, Quantity quantity, String sentence) {
            Set<Operation> named = EnumSet.noneOf(Operation.class);
            CUES.forEach((operation, cue) -> {
                if (cue.matcher(sentence).find()) {
                    named.add(operation);
                }
            });
            return new Target(
                    Span.of(quantity.first(), quantity, statement.nearby().rounding()),
                    quantity.percent(),
                    quantity.hasOneDigit(),
                    named,
                    SHARE.matcher(sentence).find(),
                    WHOLE.matcher(sentence).find());
        }

        boolean says(Operation operation) {
            return named.contains(operation);
        }

        boolean takes(Operand... operands) {
            for (Operand operand : operands) {
                if (oneDigit && !operand.sameSentence()) {
                    return false;
                }
            }
            return true;
        }
    }

    /** How a statement follows from others, if it clearly does. */
    public Optional<Derived> find(int index) {
        Statement statement = text.statements().get(index);
        if (!(statement.value() instanceof Quantity quantity)) {
            return Optional.empty();
        }
        Target target = Target.of(statement, quantity, text.sentence(statement));
        List<Operand> operands = operands(index, statement);
        return sumOfAll(target, operands)
                .or(() -> pairs(target, operands))
                .or(() -> target.percent() && target.says(Operation.REMAINDER)
                        ? remainder(target, operands)
                        : Optional.empty());
    }

    /** Those of the same sentence, then those before it, the nearest first. */
    private List<Operand> operands(int index, Statement statement) {
        List<Operand> operands = new ArrayList<>();
        List<Statement> all = text.statements();
        for (int i = index + 1;
                i < all.size() && all.get(i).sentence() == statement.sentence() && operands.size() < MAX_OPERANDS;
                i++) {
            add(operands, i, statement);
        }
        for (int i = index - 1; i >= 0 && isNear(operands, all.get(i), statement.sentence() - MAX_SENTENCES); i--) {
            add(operands, i, statement);
        }
        return operands;
    }

    private static boolean isNear(List<Operand> operands, Statement other, int sentence) {
        return operands.size() < MAX_OPERANDS && other.sentence() >= sentence;
    }

    private void add(List<Operand> operands, int i, Statement statement) {
        Statement other = text.statements().get(i);
        if (other.value() instanceof Quantity quantity) {
            matches.get(i)
                    .ifPresent(match -> operands.add(new Operand(
                            match.place(),
                            match.value(),
                            quantity.percent(),
                            other.sentence() == statement.sentence())));
        }
    }

    private static Optional<Derived> sumOfAll(Target target, List<Operand> operands) {
        List<Operand> same =
                operands.stream().filter(o -> o.percent() == target.percent()).toList();
        double sum = same.stream().mapToDouble(Operand::value).sum();
        boolean holds = same.size() > 1
                && (target.says(Operation.SUM) || target.whole())
                && target.takes(same.toArray(Operand[]::new))
                && target.span().contains(sum);
        return holds
                ? Optional.of(new Derived(
                        Operation.SUM, same.stream().map(Operand::place).toList()))
                : Optional.empty();
    }

    private static Optional<Derived> pairs(Target target, List<Operand> operands) {
        for (int i = 0; i < operands.size(); i++) {
            for (int j = 0; j < operands.size(); j++) {
                Optional<Derived> derived = i == j ? Optional.empty() : pair(target, operands.get(i), operands.get(j));
                if (derived.isPresent()) {
                    return derived;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Derived> pair(Target target, Operand a, Operand b) {
        return a.percent() == b.percent() && target.takes(a, b)
                ? operation(target, a, b).map(operation -> new Derived(operation, List.of(a.place(), b.place())))
                : Optional.empty();
    }

    private static Optional<Operation> operation(Target target, Operand a, Operand b) {
        Span span = target.span();
        boolean alike = a.percent() == target.percent();
        if (alike && target.says(Operation.DIFFERENCE) && span.contains(Math.abs(a.value() - b.value()))) {
            return Optional.of(Operation.DIFFERENCE);
        }
        if (alike && target.says(Operation.SUM) && span.contains(a.value() + b.value())) {
            return Optional.of(Operation.SUM);
        }
        if (b.value() == 0) {
            return Optional.empty();
        }
        double ratio = a.value() / b.value();
        boolean share = a.sameSentence() && b.sameSentence() && target.share();
        if (target.percent()
                ? share && span.contains(ratio * 100)
                : target.says(Operation.RATIO) && span.contains(ratio)) {
            return Optional.of(Operation.RATIO);
        }
        double change = Math.abs(ratio - 1) * 100;
        return target.percent() && target.says(Operation.PERCENT_CHANGE) && span.contains(change)
                ? Optional.of(Operation.PERCENT_CHANGE)
                : Optional.empty();
    }

    private static Optional<Derived> remainder(Target target, List<Operand> operands) {
        return operands.stream()
                .filter(operand -> operand.percent() && target.takes(operand))
                .filter(operand -> target.span().contains(100 - operand.value()))
                .findFirst()
                .map(operand -> new Derived(Operation.REMAINDER, List.of(operand.place())));
    }
}
