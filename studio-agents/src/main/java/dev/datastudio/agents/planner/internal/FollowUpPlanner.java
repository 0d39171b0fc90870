package dev.datastudio.agents.planner.internal;

import dev.datastudio.agents.planner.FollowUp;
import dev.datastudio.agents.planner.PlanOutcome;
import dev.datastudio.core.analysis.AnalysisPlan;
import dev.datastudio.core.analysis.Operation;
import dev.datastudio.core.analysis.PlanProblem;
import dev.datastudio.core.analysis.PlanValidator;
import dev.datastudio.core.analysis.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Reads what is said after an answer: a question of its own, or a change of the last plan. Words are linked as in any
 * question; what they name takes the place of its like in the plan, comes beside it, or goes. Thread-safe.
 */
final class FollowUpPlanner {
    private static final int MAX_READINGS = 4;
    private static final int MAX_INTENT = 300;
    private static final String NOTHING_SAID = "It is not said what is to change in the last answer.";
    private static final Set<String> EXPLAIN = Set.of("why", "explain", "how come");

    private final Scope index;
    private final PlanValidator validator;
    private final Predicate<String> isPlannable;

    /** @param isPlannable whether a text has a plan as a question of its own */
    FollowUpPlanner(Scope index, PlanValidator validator, Predicate<String> isPlannable) {
        this.index = index;
        this.validator = validator;
        this.isPlannable = isPlannable;
    }

    /** One attempt at a change. */
    private record Attempt(List<Step> steps, List<Decisions> decisions, List<String> unknown, String problem) {
        boolean isComplete() {
            return unknown.isEmpty() && problem.isEmpty();
        }

        List<Decisions.Open> open() {
            return decisions.stream().flatMap(d -> d.open().stream()).toList();
        }
    }

    /** What became of a text after a plan. */
    FollowUp plan(AnalysisPlan previous, String text) {
        List<Token> tokens = Tokenizer.tokenize(text);
        var said = new FollowUpText(tokens, index);
        if (said.goesBack()) {
            return new FollowUp.GoesBack();
        }
        List<Item> items = Tagger.tag(tokens, index);
        boolean refersBack = said.refersBack();
        if (asksForReasons(text) || (!refersBack && new Completeness(items).isQuestion())) {
            return new FollowUp.NewQuestion();
        }
        FollowUp edited = edited(previous, text, said, items);
        boolean isRefused = edited instanceof FollowUp.Refused;
        return isRefused && !refersBack && isPlannable.test(text) ? new FollowUp.NewQuestion() : edited;
    }

    private static boolean asksForReasons(String text) {
        String start = text.strip().toLowerCase(Locale.ROOT);
        return EXPLAIN.stream().anyMatch(start::startsWith);
    }

    private FollowUp edited(AnalysisPlan previous, String text, FollowUpText said, List<Item> items) {
        Attempt attempt = attempt(previous, text, said, Map.of());
        if (!attempt.unknown().isEmpty()) {
            return new FollowUp.Refused(
                    new PlanOutcome.NotUnderstood(attempt.unknown(), nearest(attempt.unknown()), List.of()));
        }
        if (!attempt.isComplete()) {
            return cannot(attempt.problem());
        }
        List<PlanOutcome.Candidate> readings = readings(previous, text, said, attempt);
        if (readings.size() > 1) {
            return new FollowUp.Refused(new PlanOutcome.Ambiguous(readings));
        }
        return finished(previous, attempt, items);
    }

    private FollowUp finished(AnalysisPlan previous, Attempt attempt, List<Item> items) {
        var plan = new AnalysisPlan(attempt.steps());
        List<String> changes = changes(previous, plan);
        if (changes.isEmpty()) {
            return cannot("The last answer is that way already.");
        }
        Set<String> notes = new LinkedHashSet<>();
        double confidence = 1;
        Map<String, List<String>> otherDates = new LinkedHashMap<>();
        for (Decisions decisions : attempt.decisions()) {
            notes.addAll(decisions.notes());
            otherDates.putAll(decisions.otherDates());
            confidence = Math.min(confidence, decisions.confidence());
        }
        return new FollowUp.Edited(
                new PlanOutcome.Planned(
                        plan,
                        ReadingWriter.of(plan, otherDates),
                        List.copyOf(notes),
                        confidence,
                        new LinkWriter(plan.steps(), index.dataset().table()).of(items)),
                changes);
    }

    private static List<String> changes(AnalysisPlan before, AnalysisPlan after) {
        Set<String> changes = new LinkedHashSet<>();
        for (int i = 0; i < after.steps().size(); i++) {
            if (i < before.steps().size()) {
                changes.addAll(
                        StepChanges.between(before.steps().get(i), after.steps().get(i)));
            } else {
                changes.add("added: "
                        + ReadingWriter.of(AnalysisPlan.of(after.steps().get(i))));
            }
        }
        return List.copyOf(changes);
    }

    private static FollowUp cannot(String reason) {
        String said = reason.isEmpty() ? NOTHING_SAID : reason;
        return new FollowUp.Refused(new PlanOutcome.CannotAnswer(said, List.of(), List.of()));
    }

    private List<String> nearest(List<String> words) {
        Set<String> nearest = new LinkedHashSet<>();
        words.forEach(w -> nearest.addAll(index.nearest(w.toLowerCase(Locale.ROOT), 3)));
        return List.copyOf(nearest);
    }

    private Attempt attempt(AnalysisPlan previous, String text, FollowUpText said, Map<String, Integer> choices) {
        List<Segment> segments = said.segments();
        List<Step> steps = new ArrayList<>(previous.steps());
        List<Decisions> all = new ArrayList<>();
        Set<String> unknown = new LinkedHashSet<>();
        String problem = "";
        boolean anything = false;
        for (Segment segment : segments) {
            var decisions = new Decisions(index, choices);
            all.add(decisions);
            Fragment wanted = read(segment.words(), segment.cue(), decisions, unknown);
            Optional<Fragment> replaced = segment.cue() == Cue.REPLACE
                    ? Optional.of(read(segment.replaced(), segment.cue(), decisions, unknown))
                    : Optional.empty();
            boolean says = !wanted.isEmpty();
            anything |= says;
            if (says && unknown.isEmpty() && problem.isEmpty()) {
                problem = changeAll(steps, text, segment, wanted, replaced, decisions);
            }
        }
        if (!anything) {
            problem = NOTHING_SAID;
        }
        if (unknown.isEmpty() && problem.isEmpty()) {
            all.forEach(d -> TaughtMeasures.explain(steps, index.taughtMeasures(), d));
            var taught = new TaughtMeasures(index.taughtMeasures(), Set.of());
            steps.replaceAll(s -> taught.expanded(List.of(s)).get(0));
            problem = taught.problem();
        }
        if (unknown.isEmpty() && problem.isEmpty()) {
            problem = validator.problems(new AnalysisPlan(steps)).stream()
                    .findFirst()
                    .map(PlanProblem::what)
                    .map(w -> w + ".")
                    .orElse("");
        }
        return new Attempt(steps.stream().distinct().toList(), all, List.copyOf(unknown), problem);
    }

    private Fragment read(List<Token> words, Cue cue, Decisions decisions, Set<String> unknown) {
        Fragment fragment = new FragmentReader(index, decisions).read(words, cue);
        unknown.addAll(fragment.unknown);
        unknown.addAll(fragment.ignored);
        return fragment;
    }

    /** Changes the steps that the segment is about; why none could be changed, or nothing. */
    private String changeAll(
            List<Step> steps,
            String text,
            Segment segment,
            Fragment wanted,
            Optional<Fragment> replaced,
            Decisions decisions) {
        int last = steps.size() - 1;
        if (begetsStep(steps.get(last), segment, wanted)) {
            return change(
                    steps.get(last),
                    text,
                    new Segment(Cue.PLAIN, segment.words(), List.of()),
                    wanted,
                    replaced,
                    decisions,
                    steps::add);
        }
        boolean lastOnly = segment.cue() == Cue.PLAIN && namesColumns(wanted);
        String problem = "";
        boolean any = false;
        for (int i = lastOnly ? last : 0; i <= last; i++) {
            int at = i;
            String why = change(steps.get(i), text, segment, wanted, replaced, decisions, s -> steps.set(at, s));
            any |= why.isEmpty();
            problem = problem.isEmpty() ? why : problem;
        }
        return any ? "" : problem;
    }

    /** "Also the outliers", "and profit" after a distribution: something more, not something else. */
    private static boolean begetsStep(Step step, Segment segment, Fragment wanted) {
        boolean operates = wanted.slots.operations.stream().anyMatch(o -> !o.equals("share") && !o.equals("trend"));
        boolean looksAtOne = step.operation() == Operation.DISTRIBUTION || step.operation() == Operation.OUTLIERS;
        boolean sameOfOther = looksAtOne && wanted.bare().stream().anyMatch(ColumnEntry::isQuantity);
        return segment.cue() == Cue.ADD && (operates || sameOfOther);
    }

    private static boolean namesColumns(Fragment wanted) {
        return !wanted.bare().isEmpty() || !wanted.slots.measures.isEmpty() || !wanted.slots.operations.isEmpty();
    }

    private String change(
            Step step,
            String text,
            Segment segment,
            Fragment wanted,
            Optional<Fragment> replaced,
            Decisions decisions,
            java.util.function.Consumer<Step> keep) {
        var editor = new StepEditor(step, decisions);
        editor.edit(segment, wanted, replaced.orElse(null));
        Optional<Step> edited = editor.step();
        edited.map(s -> s.toBuilder().intent(intent(step, text)).build()).ifPresent(keep);
        return edited.isPresent()
                ? ""
                : editor.problem().isEmpty() ? "That changes nothing in the last answer." : editor.problem();
    }

    private static String intent(Step step, String text) {
        String both = step.intent().isEmpty() ? text : step.intent() + ", " + text;
        return both.length() <= MAX_INTENT ? both : text.substring(0, Math.min(text.length(), MAX_INTENT));
    }

    private List<PlanOutcome.Candidate> readings(AnalysisPlan previous, String text, FollowUpText said, Attempt first) {
        if (first.open().isEmpty()) {
            return List.of();
        }
        Decisions.Open open = first.open().get(0);
        Map<String, Integer> choices = new HashMap<>();
        first.open().forEach(o -> choices.put(o.words(), 0));
        Map<List<Step>, PlanOutcome.Candidate> readings = new LinkedHashMap<>();
        for (int i = 0; i < Math.min(open.names().size(), MAX_READINGS); i++) {
            choices.put(open.words(), i);
            Attempt attempt = attempt(previous, text, said, choices);
            if (attempt.isComplete()) {
                var plan = new AnalysisPlan(attempt.steps());
                String named = renamed(text, open.words(), open.names().get(i));
                readings.putIfAbsent(attempt.steps(), new PlanOutcome.Candidate(plan, ReadingWriter.of(plan), named));
            }
        }
        return List.copyOf(readings.values());
    }

    /** The text with the open words replaced by what they are to mean. */
    private static String renamed(String text, String words, String meant) {
        int at = text.toLowerCase(Locale.ROOT).indexOf(words);
        return at < 0 ? text : text.substring(0, at) + meant + text.substring(at + words.length());
    }
}
