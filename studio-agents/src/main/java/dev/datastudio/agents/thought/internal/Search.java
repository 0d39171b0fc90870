package dev.datastudio.agents.thought.internal;

import static dev.datastudio.agents.thought.TreeOfThought.TREE;

import dev.datastudio.agents.thought.Proposer;
import dev.datastudio.agents.thought.Scorer;
import dev.datastudio.agents.thought.StopReason;
import dev.datastudio.agents.thought.StopTest;
import dev.datastudio.agents.thought.Thought;
import dev.datastudio.agents.thought.ThoughtOptions;
import dev.datastudio.agents.thought.ThoughtPath;
import dev.datastudio.agents.thought.ThoughtProblem;
import dev.datastudio.agents.thought.ThoughtScore;
import dev.datastudio.agents.thought.ThoughtTree;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.NodeContext;
import dev.datastudio.graph.Route;
import dev.datastudio.graph.channel.AppendChannel;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.channel.LastChannel;
import dev.datastudio.graph.channel.Update;
import dev.datastudio.graph.channel.View;
import dev.datastudio.graph.channel.Write;
import dev.datastudio.graph.policy.NodeOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * The nodes of a search. Ids are given in the order in which thoughts stand in the tree, and tasks of a fan-out write in
 * the order of its list, so the thought and the score of id n are always at n - 1. Immutable.
 */
public final class Search {
    private static final LastChannel<String> PROBLEM = Channel.last("problem", String.class);
    private static final LastChannel<Beam> BEAM = Channel.last("beam", Beam.class, Beam.ROOT);
    private static final AppendChannel<Proposal> PROPOSED = Channel.append("proposed", Proposal.class);
    private static final LastChannel<Level> LEVEL = Channel.last("level", Level.class);
    private static final AppendChannel<Scored> SCORED = Channel.append("scored", Scored.class);
    private static final AppendChannel<Thought> BEST = Channel.append("best", Thought.class);
    private static final LastChannel<StopReason> STOP = Channel.last("stop", StopReason.class);

    private static final int STEPS_A_LEVEL = 5;

    private static final Comparator<Thought> BEST_FIRST =
            Comparator.comparingDouble(Thought::score).reversed().thenComparingInt(Thought::id);

    private final Proposer proposer;
    private final Scorer scorer;
    private final ThoughtOptions options;
    private final StopTest stopTest;

    public Search(Proposer proposer, Scorer scorer, ThoughtOptions options, StopTest stopTest) {
        this.proposer = proposer;
        this.scorer = scorer;
        this.options = options;
        this.stopTest = stopTest;
    }

    /** The graph of this search. */
    public Graph<ThoughtProblem, ThoughtTree> graph(
            String name, int version, UnaryOperator<NodeOptions> strategyOptions) {
        return Graph.define(name, version)
                .input(ThoughtProblem.class)
                .output(ThoughtTree.class)
                .channels(PROBLEM, BEAM, PROPOSED, LEVEL, SCORED, TREE, BEST, STOP)
                .node("expand", (view, context) -> Update.none())
                .node("propose", this::propose, strategyOptions)
                .node("gather", (view, context) -> gather(view))
                .node("score", this::score, strategyOptions)
                .node("select", (view, context) -> select(view))
                .edge(Graph.START, "expand")
                .fanOut("expand", view -> view.get(BEAM).states(), "propose")
                .edge("propose", "gather")
                .fanOut("gather", Search::numbersOfCandidates, "score")
                .edge("score", "select")
                .when(
                        "select",
                        Route.on(view -> view.find(STOP).isPresent())
                                .then(Graph.END)
                                .otherwise("expand"))
                .maxSteps(STEPS_A_LEVEL * options.depth())
                .build();
    }

    private Update propose(View view, NodeContext context) throws Exception {
        int parent = context.input(Integer.class);
        List<String> thoughts = proposer.propose(pathTo(parent, view), options.thoughtsPerState(), context).stream()
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .distinct()
                .limit(options.thoughtsPerState())
                .toList();
        return Update.of(PROPOSED.add(new Proposal(view.get(BEAM).depth() + 1, parent, thoughts)));
    }

    private static Update gather(View view) {
        int depth = view.get(BEAM).depth() + 1;
        List<Level.Candidate> candidates = new ArrayList<>();
        int id = view.get(TREE).size();
        for (Proposal proposal : view.get(PROPOSED)) {
            if (proposal.depth() == depth) {
                for (String text : proposal.thoughts()) {
                    candidates.add(new Level.Candidate(++id, proposal.parent(), text));
                }
            }
        }
        return Update.of(LEVEL.set(new Level(depth, candidates)));
    }

    private static List<Integer> numbersOfCandidates(View view) {
        return IntStream.range(0, view.get(LEVEL).candidates().size()).boxed().toList();
    }

    private Update score(View view, NodeContext context) throws Exception {
        Level.Candidate candidate = view.get(LEVEL).candidates().get(context.input(Integer.class));
        List<String> thoughts = new ArrayList<>(pathTo(candidate.parent(), view).thoughts());
        thoughts.add(candidate.text());
        ThoughtPath path = new ThoughtPath(view.get(PROBLEM), thoughts);
        return Update.of(SCORED.add(new Scored(candidate.id(), scorer.score(path, context))));
    }

    private Update select(View view) {
        Level level = view.get(LEVEL);
        List<Thought> scored = scored(level, view);
        List<Thought> ranked = scored.stream()
                .filter(thought -> !thought.refused())
                .sorted(BEST_FIRST)
                .limit(options.beamWidth())
                .toList();
        List<Integer> kept = ranked.stream().map(Thought::id).toList();
        List<Thought> judged =
                scored.stream().map(thought -> judged(thought, kept)).toList();
        List<Thought> tree = new ArrayList<>(view.get(TREE));
        tree.addAll(judged);

        List<Write> writes = new ArrayList<>();
        writes.add(TREE.addAll(judged));
        if (!kept.isEmpty()) {
            writes.add(BEAM.set(new Beam(level.depth(), kept)));
        }
        end(view, ranked, level.depth(), tree).ifPresent(end -> {
            writes.add(BEST.addAll(pathTo(end.id(), tree)));
            writes.add(STOP.set(end.reason()));
        });
        return Update.of(writes);
    }

    private Optional<End> end(View view, List<Thought> ranked, int depth, List<Thought> tree) {
        if (ranked.isEmpty()) {
            return Optional.of(
                    new End(StopReason.NOTHING_LEFT, view.get(BEAM).states().get(0)));
        }
        Thought best = ranked.get(0);
        if (best.score() >= options.stopScore()) {
            return Optional.of(new End(StopReason.SCORE, best.id()));
        }
        for (Thought thought : ranked) {
            if (stopTest.isFound(texts(view, pathTo(thought.id(), tree)), thought.score())) {
                return Optional.of(new End(StopReason.FOUND, thought.id()));
            }
        }
        return depth < options.depth() ? Optional.empty() : Optional.of(new End(StopReason.DEPTH, best.id()));
    }

    private static List<Thought> scored(Level level, View view) {
        List<Scored> scores = view.get(SCORED);
        return level.candidates().stream()
                .map(each ->
                        scored(each, level.depth(), scores.get(each.id() - 1).score()))
                .toList();
    }

    private static Thought scored(Level.Candidate candidate, int depth, ThoughtScore score) {
        return new Thought(
                candidate.id(),
                candidate.parent(),
                depth,
                candidate.text(),
                score.value(),
                score.refused(),
                false,
                score.reason());
    }

    private static Thought judged(Thought thought, List<Integer> kept) {
        return new Thought(
                thought.id(),
                thought.parent(),
                thought.depth(),
                thought.text(),
                thought.score(),
                thought.refused(),
                kept.contains(thought.id()),
                thought.reason());
    }

    private static ThoughtPath pathTo(int id, View view) {
        return texts(view, pathTo(id, view.get(TREE)));
    }

    private static ThoughtPath texts(View view, List<Thought> path) {
        return new ThoughtPath(
                view.get(PROBLEM), path.stream().map(Thought::text).toList());
    }

    /** The thoughts from the root to one of them; none for the root. */
    private static List<Thought> pathTo(int id, List<Thought> tree) {
        List<Thought> path = new ArrayList<>();
        for (int at = id; at > 0; at = tree.get(at - 1).parent()) {
            path.add(tree.get(at - 1));
        }
        Collections.reverse(path);
        return path;
    }

    private record End(StopReason reason, int id) {}
}
