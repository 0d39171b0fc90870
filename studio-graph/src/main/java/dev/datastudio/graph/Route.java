package dev.datastudio.graph;

import dev.datastudio.graph.channel.View;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Decides where a branch goes on, from the state after its node's super-step. Immutable; its functions run on the thread
 * that drives the run and should be quick and free of side effects.
 *
 * <pre>{@code
 * Route.on(view -> view.get(SCORE) > 0.8).then(Graph.END).otherwise("improve")
 * Route.by(view -> view.get(KIND)).to("table", "chart")
 * }</pre>
 */
public final class Route {
    private final Set<String> targets;
    private final Function<View, List<String>> chooser;
    private final List<List<String>> cases;

    private Route(Set<String> targets, Function<View, List<String>> chooser, List<List<String>> cases) {
        this.targets = targets;
        this.chooser = chooser;
        this.cases = cases;
    }

    /** Begins a route by conditions, tried in their order. */
    public static Condition on(Predicate<View> test) {
        return new Condition(List.of(), test);
    }

    /** Begins a route by a function that names the target. */
    public static Choice by(Function<View, String> chooser) {
        return new Choice(chooser);
    }

    /** Every target it may choose, in the order of declaration. */
    public Set<String> targets() {
        return targets;
    }

    /**
     * What a drawing writes at the edge to a target: {@code then} or {@code otherwise}, or the number of the condition
     * when there are several; empty when a function chooses.
     */
    public String label(String target) {
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            if (cases.get(i).contains(target)) {
                labels.add(i == cases.size() - 1 ? "otherwise" : cases.size() == 2 ? "then" : "case " + (i + 1));
            }
        }
        return String.join(", ", labels);
    }

    /** The targets for a state; a function's choice is not checked here. */
    public List<String> choose(View view) {
        return chooser.apply(view);
    }

    /** A condition that still needs its targets. Immutable. */
    public static final class Condition {
        private final List<Case> before;
        private final Predicate<View> test;

        private Condition(List<Case> before, Predicate<View> test) {
            this.before = before;
            this.test = Objects.requireNonNull(test, "test");
        }

        /** Where to go when the condition holds; several targets run in parallel. */
        public Cases then(String... targets) {
            List<Case> cases = new ArrayList<>(before);
            cases.add(new Case(test, List.of(targets)));
            return new Cases(List.copyOf(cases));
        }
    }

    /** Conditions that still need their last resort. Immutable. */
    public static final class Cases {
        private final List<Case> cases;

        private Cases(List<Case> cases) {
            this.cases = cases;
        }

        /** A further condition, tried when those before do not hold. */
        public Condition on(Predicate<View> test) {
            return new Condition(cases, test);
        }

        /** Where to go when no condition holds; several targets run in parallel. */
        public Route otherwise(String... targets) {
            List<String> last = List.of(targets);
            Set<String> all = new LinkedHashSet<>();
            cases.forEach(one -> all.addAll(one.targets()));
            all.addAll(last);
            List<List<String>> shown = new ArrayList<>();
            for (Case one : cases) {
                shown.add(one.targets());
            }
            shown.add(last);
            return new Route(
                    unmodifiable(all),
                    view -> {
                        for (Case one : cases) {
                            if (one.test().test(view)) {
                                return one.targets();
                            }
                        }
                        return last;
                    },
                    List.copyOf(shown));
        }
    }

    /** A function that still needs the names it may give. Immutable. */
    public static final class Choice {
        private final Function<View, String> chooser;

        private Choice(Function<View, String> chooser) {
            this.chooser = Objects.requireNonNull(chooser, "chooser");
        }

        /** The names that the function may give; giving another one ends the run. */
        public Route to(String... targets) {
            return new Route(
                    unmodifiable(new LinkedHashSet<>(List.of(targets))),
                    view -> List.of(Objects.requireNonNull(chooser.apply(view), "the route's function returned null")),
                    List.of());
        }
    }

    private record Case(Predicate<View> test, List<String> targets) {}

    private static Set<String> unmodifiable(Set<String> names) {
        return Collections.unmodifiableSet(names);
    }
}
