package dev.datastudio.agents.thought;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.graph.Graph;
import dev.datastudio.graph.run.Engine;
import dev.datastudio.testkit.model.ModelReply;
import dev.datastudio.testkit.model.ModelRequest;
import dev.datastudio.testkit.model.ScriptedModelServer;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The Game of 24, the first example of the paper: make 24 of four numbers, each used once. The scripted model answers
 * from the game itself, and is wrong on purpose: it proposes a false sum first, then moves that lead nowhere, and a move
 * that can win last, so that only scoring and a beam find the way.
 */
@Timeout(60)
class GameOf24Test {
    private static final String TASK =
            "Make 24 of the numbers, each used once, with + - * /. A thought is one step with what is left after it,"
                    + " such as '13 - 9 = 4 (left: 4 4 10)'.";
    private static final int PROPOSED = 6;

    @Test
    void theSearchMakes24() {
        try (ScriptedModelServer server = player();
                Engine engine = Engine.create()) {
            ModelThoughts thoughts = ModelThoughts.of(model(server)).task(TASK);
            Graph<ThoughtProblem, ThoughtTree> graph = TreeOfThought.of(thoughts.proposer(), thoughts.scorer())
                    .options(ThoughtOptions.defaults().thoughtsPerState(PROPOSED))
                    .graph();

            ThoughtTree tree = engine.run(graph, new ThoughtProblem("4 9 10 13"));

            assertEquals(StopReason.SCORE, tree.stop(), tree::outline);
            assertEquals(List.of(24), play(tree.best()), tree::outline);
            assertWrongThoughtsWereDropped(tree);
        }
    }

    @Test
    void withoutScoresTheFalseSumIsFollowedIntoItsDeadEnd() {
        try (ScriptedModelServer server = player();
                Engine engine = Engine.create()) {
            ModelThoughts thoughts = ModelThoughts.of(model(server)).task(TASK);
            Graph<ThoughtProblem, ThoughtTree> graph = TreeOfThought.of(
                            thoughts.proposer(), (path, context) -> ThoughtScore.of(0.5))
                    .options(new ThoughtOptions(PROPOSED, 1, 3, 1))
                    .graph();

            ThoughtTree tree = engine.run(graph, new ThoughtProblem("4 9 10 13"));

            assertEquals(StopReason.NOTHING_LEFT, tree.stop());
            assertFalse(Move.parse(tree.best().get(0).text()).isTrue(List.of(4, 9, 10, 13)), tree::outline);
        }
    }

    private static void assertWrongThoughtsWereDropped(ThoughtTree tree) {
        List<Thought> falseSums = tree.tree().stream().filter(Thought::refused).toList();
        assertTrue(falseSums.size() >= 3, tree::outline);
        assertTrue(falseSums.stream().noneMatch(Thought::kept), tree::outline);
        assertTrue(tree.tree().stream().anyMatch(thought -> !thought.kept() && !thought.refused()), tree::outline);
    }

    /** Plays the path from the first numbers and checks every step; gives what is left. */
    private static List<Integer> play(List<Thought> path) {
        List<Integer> numbers = List.of(4, 9, 10, 13);
        for (Thought thought : path) {
            Move move = Move.parse(thought.text());
            assertTrue(move.isTrue(numbers), thought::text);
            numbers = move.left();
        }
        return numbers;
    }

    private static ScriptedModelServer player() {
        ScriptedModelServer server = ScriptedModelServer.start();
        server.when(request -> request.messages().get(0).text().startsWith("You solve"))
                .reply(request -> ModelReply.text(proposals(told(request))));
        server.when(request -> request.messages().get(0).text().startsWith("You judge"))
                .reply(request -> ModelReply.text(judgement(told(request))));
        return server;
    }

    /** The numbers of the problem, then the thoughts, as the model was told them. */
    private static List<String> told(ModelRequest request) {
        return request.lastText()
                .lines()
                .filter(line -> line.matches("[0-9 ]+|\\d+\\. .*"))
                .map(line -> line.replaceFirst("^\\d+\\. ", ""))
                .toList();
    }

    private static String proposals(List<String> told) {
        List<Integer> numbers = numbers(told);
        if (numbers.size() == 1) {
            return "{\"thoughts\": []}";
        }
        List<Move> moves = moves(numbers);
        Move falseSum = new Move(numbers.get(0), '+', numbers.get(1), 24, List.of(24));
        Stream<Move> losing = moves.stream().filter(move -> !wins(move.left())).limit(PROPOSED - 2);
        Stream<Move> winning = moves.stream().filter(move -> wins(move.left())).limit(1);
        return Stream.of(Stream.of(falseSum), losing, winning)
                .flatMap(each -> each)
                .map(move -> "\"" + move + "\"")
                .collect(Collectors.joining(", ", "{\"thoughts\": [", "]}"));
    }

    private static String judgement(List<String> told) {
        Move move = Move.parse(told.get(told.size() - 1));
        if (!move.isTrue(numbers(told.subList(0, told.size() - 1)))) {
            return "{\"score\": 0.9, \"refused\": true, \"reason\": \"the sum is false\"}";
        }
        if (move.left().equals(List.of(24))) {
            return "{\"score\": 1, \"refused\": false, \"reason\": \"24\"}";
        }
        return "{\"score\": " + (wins(move.left()) ? 0.8 : 0.1) + ", \"refused\": false, \"reason\": \"\"}";
    }

    private static List<Integer> numbers(List<String> told) {
        return told.size() == 1
                ? integers(told.get(0))
                : Move.parse(told.get(told.size() - 1)).left();
    }

    private static boolean wins(List<Integer> numbers) {
        return numbers.size() == 1
                ? numbers.get(0) == 24
                : moves(numbers).stream().anyMatch(move -> wins(move.left()));
    }

    /** All steps from these numbers that stay among the whole numbers from 0 up. */
    private static List<Move> moves(List<Integer> numbers) {
        List<Move> moves = new ArrayList<>();
        for (int i = 0; i < numbers.size(); i++) {
            for (int j = 0; j < numbers.size(); j++) {
                if (i != j) {
                    addMoves(numbers, i, j, moves);
                }
            }
        }
        return moves;
    }

    private static void addMoves(List<Integer> numbers, int i, int j, List<Move> moves) {
        int a = numbers.get(i);
        int b = numbers.get(j);
        List<Integer> rest = new ArrayList<>(numbers);
        rest.remove(Math.max(i, j));
        rest.remove(Math.min(i, j));
        for (char operator : "+-*/".toCharArray()) {
            boolean whole = operator == '-' ? a >= b : operator != '/' || (b != 0 && a % b == 0);
            if (whole) {
                int result = result(a, operator, b);
                moves.add(new Move(a, operator, b, result, sorted(rest, result)));
            }
        }
    }

    private static int result(int a, char operator, int b) {
        return switch (operator) {
            case '+' -> a + b;
            case '-' -> a - b;
            case '*' -> a * b;
            default -> a / b;
        };
    }

    private static List<Integer> sorted(List<Integer> rest, int result) {
        return Stream.concat(rest.stream(), Stream.of(result)).sorted().toList();
    }

    private static List<Integer> integers(String text) {
        return Stream.of(text.strip().split(" ")).map(Integer::valueOf).toList();
    }

    private static ChatModel model(ScriptedModelServer server) {
        return OpenAiChatModel.builder()
                .baseUrl(server.baseUrl())
                .apiKey("none")
                .modelName("scripted")
                .maxRetries(0)
                .build();
    }

    private record Move(int a, char operator, int b, int result, List<Integer> left) {
        private static final Pattern FORM = Pattern.compile("(\\d+) ([-+*/]) (\\d+) = (\\d+) \\(left: ([0-9 ]+)\\)");

        static Move parse(String text) {
            Matcher matcher = FORM.matcher(text);
            assertTrue(matcher.matches(), text);
            return new Move(
                    Integer.parseInt(matcher.group(1)),
                    matcher.group(2).charAt(0),
                    Integer.parseInt(matcher.group(3)),
                    Integer.parseInt(matcher.group(4)),
                    integers(matcher.group(5)));
        }

        /** Whether it uses two of the numbers, computes rightly and says rightly what is left. */
        boolean isTrue(List<Integer> numbers) {
            return moves(numbers).contains(this);
        }

        @Override
        public String toString() {
            return a + " " + operator + " " + b + " = " + result + " (left: "
                    + left.stream().map(String::valueOf).collect(Collectors.joining(" ")) + ")";
        }
    }
}
