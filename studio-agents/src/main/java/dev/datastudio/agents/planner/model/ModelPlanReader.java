package dev.datastudio.agents.planner.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.datastudio.agents.planner.BuiltInPlanner;
import dev.datastudio.agents.planner.PlanOutcome;
import dev.datastudio.agents.planner.PlanOutcome.Candidate;
import dev.datastudio.agents.planner.PlanRequest;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.analysis.AnalysisPlan;
import dev.datastudio.core.analysis.PlanJson;
import dev.datastudio.core.analysis.PlanValidator;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what a model answered to one question, strictly. What it can't use is an {@link ErrorCode#INVALID_PLAN} whose
 * words the model is told. Not thread-safe; one for each question.
 */
final class ModelPlanReader {
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    /** Models without tools write their plan into the text, often into a Markdown block. */
    private static final Pattern FENCED = Pattern.compile("```\\w*\\s*(.*?)\\s*```", Pattern.DOTALL);

    private static final int MOST_READINGS = 4;
    private static final int LONGEST_REASON = 500;
    private static final double CONFIDENCE = 0.5;

    private final PlanRequest request;
    private final String model;
    private final PlanValidator validator;
    private final Set<String> questioned = new HashSet<>();

    ModelPlanReader(PlanRequest request, String model) {
        this.request = request;
        this.model = model;
        this.validator = PlanValidator.of(request.datasets());
    }

    PlanOutcome read(AiMessage answer) {
        List<ToolExecutionRequest> calls = answer.toolExecutionRequests();
        if (calls.size() > 1) {
            throw refused(
                    "There are " + calls.size() + " calls of tools", "Call exactly one; a plan may have many steps");
        } else if (calls.isEmpty()) {
            return planned(written(answer.text() == null ? "" : answer.text()));
        }
        ToolExecutionRequest call = calls.get(0);
        JsonNode arguments = object(call.arguments());
        return switch (call.name()) {
            case PlanTools.PLAN -> planned(arguments);
            case PlanTools.ASK_BACK -> ambiguous(arguments);
            case PlanTools.REFUSE -> cannot(arguments);
            default ->
                throw refused(
                        "There is no tool " + StudioException.quote(call.name()),
                        "Call '" + PlanTools.PLAN + "', '" + PlanTools.ASK_BACK + "' or '" + PlanTools.REFUSE + "'");
        };
    }

    private JsonNode written(String text) {
        Matcher fenced = FENCED.matcher(text);
        String json = fenced.find() ? fenced.group(1) : text.strip();
        if (!json.startsWith("{")) {
            throw refused("No tool was called", "Call '" + PlanTools.PLAN + "' with the plan");
        }
        return object(json);
    }

    private static JsonNode object(String json) {
        try {
            JsonNode read = JSON.readTree(json);
            if (read != null && read.isObject()) {
                return read;
            }
            throw refused("The arguments are no JSON object", "Give them as {…}");
        } catch (JsonProcessingException e) {
            throw refused("The arguments are not JSON: " + e.getOriginalMessage(), "Give them as {…}");
        }
    }

    private PlanOutcome planned(JsonNode arguments) {
        AnalysisPlan plan = plan(arguments);
        List<String> notes = List.of("The model " + StudioException.quote(model)
                + " read the question; compare the reading with what you meant.");
        return new PlanOutcome.Planned(plan, BuiltInPlanner.reading(plan), notes, CONFIDENCE, List.of());
    }

    private AnalysisPlan plan(JsonNode arguments) {
        ObjectNode json = JSON.createObjectNode().put("version", AnalysisPlan.VERSION);
        arguments.properties().stream()
                .filter(field -> !field.getKey().equals("version"))
                .forEach(field -> json.set(field.getKey(), field.getValue()));
        AnalysisPlan plan = validator.validate(PlanJson.read(json.toString()));
        questionValues(plan);
        return plan;
    }

    /** A text that no row has is given back once; a model that keeps to it may know more than we do. */
    private void questionValues(AnalysisPlan plan) {
        List<String> unknown = new ComparedValues(request)
                .unknown(plan).stream().filter(questioned::add).toList();
        if (!unknown.isEmpty()) {
            throw refused(
                    "Compared with values that aren't there: " + String.join("; ", unknown),
                    "Use a stored value, or send the same again if it is meant");
        }
    }

    private PlanOutcome ambiguous(JsonNode arguments) {
        JsonNode readings = arguments.path("readings");
        if (!readings.isArray() || readings.size() < 2 || readings.size() > MOST_READINGS) {
            throw refused(
                    "'readings' must be a list of 2 to " + MOST_READINGS, "Give each with 'question' and 'steps'");
        }
        List<Candidate> candidates = new ArrayList<>();
        Set<String> different = new HashSet<>();
        for (JsonNode reading : readings) {
            JsonNode question = reading.path("question");
            if (!question.isTextual() || question.textValue().isBlank()) {
                throw refused("A reading has no 'question'", "Write a whole question that has this reading alone");
            }
            AnalysisPlan plan = plan(JSON.createObjectNode().set("steps", reading.path("steps")));
            if (!different.add(PlanJson.canonical(plan))) {
                throw refused("Two readings have the same plan", "Call '" + PlanTools.PLAN + "' when there is one");
            }
            candidates.add(new Candidate(plan, BuiltInPlanner.reading(plan), cut(question.textValue())));
        }
        return new PlanOutcome.Ambiguous(candidates);
    }

    private PlanOutcome cannot(JsonNode arguments) {
        JsonNode reason = arguments.path("reason");
        if (!reason.isTextual() || reason.textValue().isBlank()) {
            throw refused("'reason' is missing", "Say in a sentence what the tables lack");
        }
        List<String> words = new ArrayList<>();
        for (JsonNode word : arguments.path("unknown_words")) {
            if (word.isTextual() && request.question().contains(word.textValue())) {
                words.add(word.textValue());
            }
        }
        return new PlanOutcome.CannotAnswer(cut(reason.textValue()), words, List.of());
    }

    /** A model's own words on one line of limited length. */
    private static String cut(String words) {
        String line = words.strip().replaceAll("[\\s\\p{Cntrl}]+", " ");
        return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON - 1) + "…";
    }

    private static StudioException refused(String what, String mend) {
        return new StudioException(ErrorCode.INVALID_PLAN, what, mend);
    }
}
