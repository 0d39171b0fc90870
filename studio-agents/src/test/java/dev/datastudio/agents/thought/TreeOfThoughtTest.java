package dev.datastudio.agents.thought;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.graph.Graph;
import dev.datastudio.graph.NodeContext;
import dev.datastudio.graph.event.RunEvent;
import dev.datastudio.graph.run.Engine;
import dev.datastudio.graph.run.NodeException;
import dev.datastudio.graph.run.Run;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The search itself, with strategies made of tables and small functions. */
@Timeout(60)
class TreeOfThoughtTest {
    private static final ThoughtProblem PROBLEM = new ThoughtProblem("spell");
    private static final Proposer LETTERS = (path, count, context) -> List.of("a", "b", "c");

    private final Engine engine = Engine.create();

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void findsThePathThatGreedDoesNot() {
        Scorer scorer = scores(Map.of("a", 0.6, "b", 0.5, "aa", 0.1, "ab", 0.2, "ba", 0.9, "bb", 0.3));

        ThoughtTree wide = search(scorer, ThoughtOptions.defaults().depth(2));
        ThoughtTree greedy = search(scorer, ThoughtOptions.defaults().depth(2).beamWidth(1));

        assertEquals("ba", text(wide));
        assertEquals("ab", text(greedy));
        assertEquals(List.of(0.5, 0.9), wide.best().stream().map(Thought::score).toList());
        assertEquals(StopReason.DEPTH, wide.stop());
    }

    @Test
    void theWholeTreeCanBeDrawn() {
        Scorer scorer = (path, context) -> word(path).equals("ab")
                ? ThoughtScore.refused("no such word")
                : scores(Map.of("a", 0.5, "b", 0.25, "ba", 0.75)).score(path, context);

        ThoughtTree tree = search(scorer, new ThoughtOptions(2, 2, 2, 1));

        assertEquals("""
                spell
                  + 0.50 a
                    + 0.00 a
                    x 0.00 b
                  + 0.25 b
                    + 0.75 a
                    - 0.00 b
                """, tree.outline());
        assertEquals(
                List.of(1, 2, 3, 4, 5, 6), tree.tree().stream().map(Thought::id).toList());
        assertEquals("no such word", tree.tree().get(3).reason());
    }

    @Test
    void ofEqualScoresTheFirstProposedWins() {
        ThoughtTree tree = search((path, context) -> ThoughtScore.of(0.5), new ThoughtOptions(3, 2, 2, 1));

        assertEquals("aa", text(tree));
        assertEquals(List.of("a", "b"), texts(tree.tree().stream().filter(each -> each.depth() == 1 && each.kept())));
    }

    @Test
    void theOrderInWhichScoresAreFinishedDoesNotShow() {
        ThoughtOptions options = new ThoughtOptions(3, 3, 2, 1);
        ThoughtTree inOrder;
        try (Engine oneByOne = Engine.builder().maxConcurrency(1).build()) {
            inOrder = oneByOne.run(graph(TreeOfThoughtTest::hashed, options), PROBLEM);
        }
        for (int depth = 1; depth <= 2; depth++) {
            ThoughtTree reversed = engine.run(graph(finishingBackwards(options, depth), options), PROBLEM);

            assertEquals(inOrder, reversed);
        }
    }

    @Test
    void endsAtTheStopScore() {
        ThoughtTree tree = search(
                scores(Map.of("a", 0.4, "b", 0.9)),
                ThoughtOptions.defaults().depth(5).stopScore(0.9));

        assertEquals("b", text(tree));
        assertEquals(StopReason.SCORE, tree.stop());
        assertEquals(3, tree.tree().size());
    }

    @Test
    void endsAtAStateThatPassesTheTestThoughAnotherScoresHigher() {
        Graph<ThoughtProblem, ThoughtTree> graph = TreeOfThought.of(LETTERS, scores(Map.of("a", 0.9, "b", 0.5)))
                .options(ThoughtOptions.defaults().depth(5))
                .stopWhen((path, score) -> path.last().equals("b"))
                .graph();

        ThoughtTree tree = engine.run(graph, PROBLEM);

        assertEquals("b", text(tree));
        assertEquals(StopReason.FOUND, tree.stop());
    }

    @Test
    void endsWithoutAPathWhenAllFirstThoughtsAreRefused() {
        ThoughtTree tree = search((path, context) -> ThoughtScore.refused("wrong"), ThoughtOptions.defaults());

        assertEquals(List.of(), tree.best());
        assertEquals(StopReason.NOTHING_LEFT, tree.stop());
        assertEquals(3, tree.tree().size());
        assertTrue(tree.tree().stream().allMatch(Thought::refused));
    }

    @Test
    void endsWithTheBestOfBeforeWhenNothingIsLeft() {
        Scorer scorer = (path, context) -> path.thoughts().size() > 1
                ? ThoughtScore.refused("too long")
                : ThoughtScore.of(path.last().equals("c") ? 0.8 : 0.2);

        ThoughtTree tree = search(scorer, ThoughtOptions.defaults());

        assertEquals("c", text(tree));
        assertEquals(StopReason.NOTHING_LEFT, tree.stop());
    }

    @Test
    void aStateWithoutNextThoughtsIsADeadEnd() {
        Proposer proposer =
                (path, count, context) -> path.last().equals("a") ? List.of() : LETTERS.propose(path, count, context);
        Graph<ThoughtProblem, ThoughtTree> graph = TreeOfThought.of(
                        proposer, scores(Map.of("a", 0.9, "b", 0.5, "bc", 0.1)))
                .options(ThoughtOptions.defaults().depth(2))
                .graph();

        assertEquals("bc", text(engine.run(graph, PROBLEM)));
    }

    @Test
    void aProblemWithoutAnyThoughtEndsAtOnce() {
        Graph<ThoughtProblem, ThoughtTree> graph = TreeOfThought.of(
                        (path, count, context) -> List.of(), (path, context) -> ThoughtScore.of(1))
                .graph();

        ThoughtTree tree = engine.run(graph, PROBLEM);

        assertEquals(new ThoughtTree("spell", List.of(), List.of(), StopReason.NOTHING_LEFT), tree);
    }

    @Test
    void blankRepeatedAndSurplusThoughtsAreLeftOut() {
        Proposer proposer = (path, count, context) -> List.of(" a ", "", "a", "b", "  ", "c", "d");
        Graph<ThoughtProblem, ThoughtTree> graph = TreeOfThought.of(proposer, (path, context) -> ThoughtScore.of(0.5))
                .options(new ThoughtOptions(3, 1, 1, 1))
                .graph();

        assertEquals(List.of("a", "b", "c"), texts(engine.run(graph, PROBLEM).tree().stream()));
    }

    @Test
    void aFailingScorerEndsTheRunWithItsNodeAndWords() {
        Scorer scorer = (path, context) -> {
            if (word(path).equals("b")) {
                throw new StudioException(ErrorCode.MODEL_FAILED, "The model failed: 'slow down'", "Try again later");
            }
            return ThoughtScore.of(0.5);
        };

        NodeException failure = assertThrows(NodeException.class, () -> search(scorer, ThoughtOptions.defaults()));

        assertEquals("score", failure.node());
        assertEquals(ErrorCode.MODEL_FAILED, failure.code());
        assertEquals("The model failed: 'slow down'. Try again later.", failure.getMessage());
    }

    @Test
    void everyStepCanBeSeenInTheEvents() {
        Run<ThoughtTree> run = engine.start(
                graph(
                        scores(Map.of("a", 0.6, "b", 0.5)),
                        ThoughtOptions.defaults().depth(2)),
                PROBLEM);
        run.await();

        List<List<String>> steps = run.events().stream()
                .filter(RunEvent.StepStarted.class::isInstance)
                .map(event -> ((RunEvent.StepStarted) event).nodes())
                .toList();
        assertEquals(
                List.of(
                        List.of("expand"),
                        List.of("propose"),
                        List.of("gather"),
                        List.of("score", "score", "score"),
                        List.of("select"),
                        List.of("expand"),
                        List.of("propose", "propose"),
                        List.of("gather"),
                        List.of("score", "score", "score", "score", "score", "score"),
                        List.of("select")),
                steps);
        List<Integer> written = run.events().stream()
                .filter(RunEvent.NodeFinished.class::isInstance)
                .map(RunEvent.NodeFinished.class::cast)
                .filter(event -> event.node().equals("select"))
                .flatMap(event -> event.update().writes().stream())
                .filter(write -> write.channel().equals(TreeOfThought.TREE))
                .map(write -> ((List<?>) write.value()).size())
                .toList();
        assertEquals(List.of(3, 6), written);
    }

    @Test
    void aBeamOfOneIsGreedySearch() {
        for (long seed = 1; seed <= 30; seed++) {
            long fixed = seed;
            Scorer scorer = (path, context) -> ThoughtScore.of(random(fixed, word(path)));

            ThoughtTree tree = search(scorer, new ThoughtOptions(3, 1, 4, 2));

            assertEquals(greedy(fixed, 4), text(tree), () -> "seed " + fixed);
        }
    }

    @Test
    void aBeamThatHoldsEverythingFindsTheBestOfAll() {
        for (long seed = 1; seed <= 10; seed++) {
            long fixed = seed;
            Scorer scorer = (path, context) -> ThoughtScore.of(random(fixed, word(path)));

            ThoughtTree tree = search(scorer, new ThoughtOptions(3, 100, 3, 2));

            assertEquals(bestOfAll(fixed, 3), text(tree), () -> "seed " + fixed);
        }
    }

    @Test
    void optionsOutsideTheirRangesAreRefused() {
        assertEquals(
                "beamWidth must be in 1..100, was 0",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> ThoughtOptions.defaults().beamWidth(0))
                        .getMessage());
        assertEquals(
                "stopScore must be above 0, was NaN",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> ThoughtOptions.defaults().stopScore(Double.NaN))
                        .getMessage());
        assertEquals(
                "value must be in 0..1, was 1.5",
                assertThrows(IllegalArgumentException.class, () -> ThoughtScore.of(1.5))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> new ThoughtProblem("  "));
    }

    private ThoughtTree search(Scorer scorer, ThoughtOptions options) {
        return engine.run(graph(scorer, options), PROBLEM);
    }

    private static Graph<ThoughtProblem, ThoughtTree> graph(Scorer scorer, ThoughtOptions options) {
        return TreeOfThought.of(LETTERS, scorer).options(options).graph();
    }

    /** Scores words by a table; others get 0. */
    private static Scorer scores(Map<String, Double> table) {
        return (path, context) -> ThoughtScore.of(table.getOrDefault(word(path), 0.0));
    }

    private static ThoughtScore hashed(ThoughtPath path, NodeContext context) {
        return ThoughtScore.of(random(7, word(path)));
    }

    /** At one depth, each scoring task waits for the one after it. */
    private static Scorer finishingBackwards(ThoughtOptions options, int depth) {
        int tasks = depth == 1 ? options.thoughtsPerState() : options.thoughtsPerState() * options.beamWidth();
        List<CountDownLatch> done = IntStream.rangeClosed(0, tasks)
                .mapToObj(i -> new CountDownLatch(1))
                .toList();
        done.get(tasks).countDown();
        return (path, context) -> {
            if (path.thoughts().size() == depth) {
                done.get(context.task() + 1).await();
                done.get(context.task()).countDown();
            }
            return hashed(path, context);
        };
    }

    private static double random(long seed, String word) {
        return new SplittableRandom(seed * 31 + word.hashCode()).nextDouble();
    }

    private static String greedy(long seed, int depth) {
        String word = "";
        for (int i = 0; i < depth; i++) {
            String before = word;
            word = Stream.of("a", "b", "c")
                    .map(before::concat)
                    .max(Comparator.comparingDouble(each -> random(seed, each)))
                    .orElseThrow();
        }
        return word;
    }

    private static String bestOfAll(long seed, int depth) {
        List<String> words = List.of("");
        for (int i = 0; i < depth; i++) {
            List<String> longer = new ArrayList<>();
            words.forEach(word -> Stream.of("a", "b", "c").forEach(letter -> longer.add(word + letter)));
            words = longer;
        }
        return words.stream()
                .max(Comparator.comparingDouble(each -> random(seed, each)))
                .orElseThrow();
    }

    private static String word(ThoughtPath path) {
        return String.join("", path.thoughts());
    }

    private static String text(ThoughtTree tree) {
        return String.join("", texts(tree.best().stream()));
    }

    private static List<String> texts(Stream<Thought> thoughts) {
        return thoughts.map(Thought::text).toList();
    }
}
