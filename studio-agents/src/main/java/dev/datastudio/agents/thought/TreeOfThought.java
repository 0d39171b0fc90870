package dev.datastudio.agents.thought;

import dev.datastudio.agents.thought.internal.Search;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.channel.AppendChannel;
import dev.datastudio.graph.channel.Channel;
import dev.datastudio.graph.policy.NodeOptions;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Builds graphs that search a tree of thoughts: propose next thoughts for each kept state, score each of them, keep the
 * best, and again, until one is good enough or the paths are long enough.
 *
 * <p>This is the breadth-first search of Yao, Yu, Zhao, Shafran, Griffiths, Cao and Narasimhan, <i>Tree of Thoughts:
 * Deliberate Problem Solving with Large Language Models</i>, NeurIPS 2023, Algorithm 1 (ToT-BFS), with three differences:
 * it may end before its depth, by a score or a test; a thought can be refused, which is worse than a score of 0; and the
 * result is the best path itself, as no last answer is generated from it. Each state is scored on its own, as in the
 * paper's value prompts; there is no vote.
 *
 * <p>The nodes are {@code expand}, {@code propose} (a task for each kept state), {@code gather}, {@code score} (a task
 * for each thought) and {@code select}. The result depends on what the strategies answer, never on which task is done
 * first; of equal scores the thought that was proposed first wins.
 *
 * <p>Immutable: each method gives a changed search.
 */
public final class TreeOfThought {
    /** The thoughts so far, each with its score; for whoever reads the state of a run. */
    public static final AppendChannel<Thought> TREE = Channel.append("tree", Thought.class);

    private static final String DEFAULT_NAME = "tree-of-thought";

    private final Proposer proposer;
    private final Scorer scorer;
    private final ThoughtOptions options;
    private final StopTest stopTest;
    private final UnaryOperator<NodeOptions> strategyOptions;

    private TreeOfThought(
            Proposer proposer,
            Scorer scorer,
            ThoughtOptions options,
            StopTest stopTest,
            UnaryOperator<NodeOptions> strategyOptions) {
        this.proposer = Objects.requireNonNull(proposer, "proposer");
        this.scorer = Objects.requireNonNull(scorer, "scorer");
        this.options = Objects.requireNonNull(options, "options");
        this.stopTest = Objects.requireNonNull(stopTest, "stopTest");
        this.strategyOptions = Objects.requireNonNull(strategyOptions, "strategyOptions");
    }

    /** A search with {@link ThoughtOptions#defaults()} and no stop test. */
    public static TreeOfThought of(Proposer proposer, Scorer scorer) {
        return new TreeOfThought(
                proposer, scorer, ThoughtOptions.defaults(), (path, score) -> false, UnaryOperator.identity());
    }

    /** As this, with such a width and depth. */
    public TreeOfThought options(ThoughtOptions value) {
        return new TreeOfThought(proposer, scorer, value, stopTest, strategyOptions);
    }

    /** As this, ending at the first kept state that passes a test. */
    public TreeOfThought stopWhen(StopTest value) {
        return new TreeOfThought(proposer, scorer, options, value, strategyOptions);
    }

    /**
     * As this, with options of the two nodes that call the strategies.
     *
     * @param value such as {@code n -> n.retry(Retry.exponential(3)).limit("model", 4)}
     */
    public TreeOfThought strategyNodes(UnaryOperator<NodeOptions> value) {
        return new TreeOfThought(proposer, scorer, options, stopTest, value);
    }

    /** The graph, of name {@code tree-of-thought} and version 1. */
    public Graph<ThoughtProblem, ThoughtTree> graph() {
        return graph(DEFAULT_NAME, 1);
    }

    /** The graph, named and versioned as {@link Graph#define} says. */
    public Graph<ThoughtProblem, ThoughtTree> graph(String name, int version) {
        return new Search(proposer, scorer, options, stopTest).graph(name, version, strategyOptions);
    }
}
