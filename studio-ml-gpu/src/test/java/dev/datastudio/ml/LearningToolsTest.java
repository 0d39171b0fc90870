package dev.datastudio.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.artifact.ArtifactKey;
import dev.datastudio.api.dataset.Dataset;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.api.tool.Tool;
import dev.datastudio.api.tool.ToolCall;
import dev.datastudio.api.tool.ToolContext;
import dev.datastudio.api.tool.ToolResult;
import dev.datastudio.core.Studio;
import dev.datastudio.core.tool.ToolProvider;
import dev.datastudio.ml.internal.JobCheckpoints;
import dev.datastudio.ml.registry.Models;
import dev.datastudio.ml.registry.TrainedModel;
import dev.datastudio.ml.spec.TrainingSpecJson;
import dev.datastudio.ml.tool.LearningToolProvider;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** The tools of agents (A11). */
class LearningToolsTest {
    private static ToolResult call(Studio studio, Caller caller, String tool, String arguments) {
        Tool found = ServiceLoader.load(ToolProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(LearningToolProvider.class::isInstance)
                .flatMap(provider -> provider.tools(studio, caller).stream())
                .filter(each -> each.name().equals(tool))
                .findFirst()
                .orElseThrow();
        return found.call(new ToolCall(tool, arguments.replace('\'', '"')), ToolContext.of(caller));
    }

    private static ToolResult call(Studio studio, String tool, String arguments) {
        return call(studio, studio.caller(), tool, arguments);
    }

    @Test
    void trainsAndSaysHowGoodTheModelIsBesideTheBaseline() {
        try (Studio studio = Studio.inMemory()) {
            TrainingJobsTest.items(studio, 600);

            ToolResult result = call(
                    studio,
                    "train_ml_model",
                    "{'source_id':'items','target':'price','algorithm':'gradient_boosting','parameters':{'rounds':40},"
                            + "'features':['size','age','noise'],'name':'prices'}");

            assertFalse(result.isError(), result::text);
            TrainedModel model = Models.of(studio).find("prices").orElseThrow();
            assertEquals(
                    40,
                    Objects.requireNonNull(model.spec().algorithm().parameters().get("rounds")));
            assertEquals(java.util.List.of("size", "age", "noise"), model.spec().features());
            String text = result.text();
            assertTrue(text.contains("- R2 0.99") && text.contains("baseline -0.0"), text);
            assertTrue(text.contains("The model is better than that."), text);
            assertTrue(text.contains("Model id: " + model.id()), text);
            assertEquals(4, result.artifacts().size());
            for (String key : result.artifacts()) {
                assertTrue(
                        studio.artifacts().list(ArtifactKey.of(studio.caller())).stream()
                                .anyMatch(artifact -> artifact.key().value().equals(key)),
                        key);
            }
            Models.of(studio).delete(model.id());
            assertTrue(studio.artifacts()
                    .list(ArtifactKey.of(studio.caller()).resolve("models"))
                    .isEmpty());
        }
    }

    @Test
    void trainsANetworkWithPyTorchOnly() {
        try (Studio studio = Studio.inMemory()) {
            TrainingJobsTest.items(studio, 300);
            String asked = "{'source_id':'items','target':'grade','epochs':30,'batch_size':16,'learning_rate':0.01,"
                    + "'name':'net','framework':'%s','parameters':{'hidden':'8'}}";

            ToolResult trained = call(studio, "train_dl_model", asked.formatted("pytorch"));
            ToolResult refused = call(studio, "train_dl_model", asked.formatted("tensorflow"));
            ToolResult tooMany = call(studio, "train_dl_model", "{'source_id':'items','target':'grade','epochs':2000}");
            ToolResult steps = call(
                    studio,
                    "train_dl_model",
                    "{'source_id':'items','target':'grade','architecture':'recurrent_network','input':'steps','epochs':2,"
                            + "'name':'stepwise'}");
            ToolResult wrong =
                    call(studio, "train_dl_model", "{'source_id':'items','target':'grade','input':'picture'}");

            assertFalse(trained.isError(), trained::text);
            TrainedModel model = Models.of(studio).find("net").orElseThrow();
            assertEquals("multilayer_perceptron", model.spec().algorithm().name());
            assertEquals(
                    16,
                    Objects.requireNonNull(model.spec().algorithm().parameters().get("batch")));
            assertEquals(
                    0.01,
                    Objects.requireNonNull(model.spec().algorithm().parameters().get("learningRate")));
            assertFalse(model.history().isEmpty());
            assertFalse(steps.isError(), steps::text);
            TrainedModel stepwise = Models.of(studio).find("stepwise").orElseThrow();
            assertTrue(TrainingSpecJson.write(stepwise.spec()).contains("\"input\":\"steps\""));
            assertTrue(wrong.isError() && wrong.text().contains("reads tables only"), wrong::text);
            assertTrue(trained.text().contains("The model is better than that."), trained::text);
            assertTrue(refused.isError() && refused.text().contains("tensorflow"), refused::text);
            assertTrue(tooMany.isError() && tooMany.text().contains("between 1 and 1000"), tooMany::text);
        }
    }

    @Test
    void learnsWithoutATargetAndMakesRows() {
        try (Studio studio = Studio.inMemory()) {
            TrainingJobsTest.items(studio, 200);
            String asked = "{'source_id':'items','architecture':'%s','epochs':1,'name':'%s'%s}";

            ToolResult usual =
                    call(studio, "train_dl_model", asked.formatted("autoencoder", "usual", ",'parameters':{'code':1}"));
            ToolResult maker = call(studio, "train_dl_model", asked.formatted("generative_network", "maker", ""));
            ToolResult made = call(studio, "generate_rows", "{'model':'maker','rows':40,'seed':3,'name':'made'}");
            ToolResult named = call(studio, "generate_rows", "{'model':'maker','rows':5}");

            assertTrue(usual.text().contains("tells whether a row is unusual by autoencoder"), usual::text);
            assertTrue(maker.text().contains("makes new rows by generative network"), maker::text);
            assertTrue(made.text().contains("The 40 rows that the model made are the data set 'made'"), made::text);
            assertTrue(made.text().endsWith("None of them is real."), made::text);
            assertEquals(40, studio.datasets().find("made").orElseThrow().rowCount());
            assertTrue(named.text().contains("'rows made by maker'"), named::text);
            for (String[] wrong : new String[][] {
                {
                    "train_dl_model",
                    "{'source_id':'items','target':'grade','architecture':'autoencoder'}",
                    "without a target"
                },
                {"train_dl_model", "{'source_id':'items'}", "Give it, or choose one of [autoencoder"},
                {"train_ml_model", "{'source_id':'items'}", "'target' is missing"},
                {"generate_rows", "{'model':'usual'}", "makes no rows"},
                {"generate_rows", "{'model':'maker','rows':0}", "1 to 1000000"},
                {"generate_rows", "{'model':'maker','rows':10000000}", "1 to 1000000"},
                {"generate_rows", "{'model':'maker','seed':0.5}", "whole number"},
                {"generate_rows", "{'model':'maker','name':'items'}", "whose rows no model made"}
            }) {
                ToolResult result = call(studio, wrong[0], wrong[1]);

                assertTrue(result.isError() && result.text().contains(wrong[2]), () -> wrong[1] + result.text());
            }
        }
    }

    @Test
    void saysWhenAModelIsOfNoUse() {
        try (Studio studio = Studio.inMemory()) {
            TrainingJobsTest.items(studio, 300);

            ToolResult result = call(
                    studio,
                    "train_ml_model",
                    "{'source_id':'items','target':'price','features':'noise','algorithm':'linear_regression'}");

            assertTrue(result.text().contains("don't use it") || result.text().contains("by chance"), result::text);
        }
    }

    @Test
    void looksForTheBestWithinABudget() {
        try (Studio studio = Studio.inMemory()) {
            TrainingJobsTest.items(studio, 200);

            ToolResult result = call(
                    studio,
                    "train_ml_model",
                    "{'source_id':'items','target':'grade','algorithm':'best','budget_seconds':2}");

            assertFalse(result.isError(), result::text);
            assertTrue(result.text().contains(" specs were tried; the best by cross-validation:"), result::text);
        }
    }

    @Test
    void refusesWhatIsWrongInWordsToMendIt() {
        try (Studio studio = Studio.inMemory()) {
            TrainingJobsTest.items(studio, 100);
            for (String[] wrong : new String[][] {
                {"{'source_id':'nothing','target':'price'}", "SOURCE_NOT_FOUND"},
                {"{'source_id':'items','target':'prise'}", "price, grade"},
                {"{'source_id':'items','target':'price','algorithm':'magic'}", "random_forest"},
                {"{'source_id':'items','target':'price','parameters':{'trees':0}}", "between 1 and 2000"},
                {"{'source_id':'items','target':'price','algorithm':'best','parameters':{'trees':9}}", "best"},
                {"{'source_id':'items','target':'price','algorithm':'best','budget_seconds':900}", "1 to 90"},
                {"{'source_id':'items','target':'grade','algorithm':'linear_regression'}", "logistic_regression"},
                {"{'source_id':'items','target':'price','framework':'x'}", "unknown"}
            }) {
                ToolResult result = call(studio, "train_ml_model", wrong[0]);

                assertTrue(result.isError() && result.text().contains(wrong[1]), () -> wrong[0] + result.text());
            }
            assertTrue(Models.of(studio).list().isEmpty());
        }
    }

    @Test
    void predictsRowsAndDataSetsAndDescribes() {
        try (Studio studio = Studio.inMemory()) {
            Dataset items = TrainingJobsTest.items(studio, 400);
            call(
                    studio,
                    "train_ml_model",
                    "{'source_id':'items','target':'grade','features':['size','age'],'name':'grades'}");

            ToolResult rows = call(
                    studio,
                    "predict_with_model",
                    "{'model':'grades','rows':[{'size':29,'age':28},{'size':1,'age':null}]}");
            ToolResult all = call(studio, "predict_with_model", "{'model':'grades','source_id':'items'}");
            ToolResult taken =
                    call(studio, "predict_with_model", "{'model':'grades','source_id':'items','name':'items'}");
            ToolResult neither = call(studio, "predict_with_model", "{'model':'grades'}");
            ToolResult lacking = call(studio, "predict_with_model", "{'model':'grades','rows':[{'size':1}]}");
            ToolResult list = call(studio, "list_trained_models", "{'target':'grade'}");
            ToolResult described = call(studio, "describe_trained_model", "{'model':'grades'}");

            assertTrue(
                    rows.text().startsWith("1. grade = 'high'") && rows.text().contains("\n2. grade = 'low'"),
                    rows::text);
            assertEquals(
                    items.rowCount(),
                    studio.datasets()
                            .find("items with predicted grade")
                            .orElseThrow(() -> new AssertionError(all.text()))
                            .rowCount());
            assertTrue(taken.isError() && neither.isError() && lacking.isError());
            assertTrue(lacking.text().contains("'age'"), lacking::text);
            assertTrue(list.text().contains("'grades' version 1: 'grade' by random forest, accuracy 0.9"), list::text);
            assertTrue(described.text().contains("It predicts from: size (decimal), age (decimal)."), described::text);
            assertTrue(described.text().contains("Spec: {\"task\":\"classification\""), described::text);
        }
    }

    @Test
    void othersSeeNoneOfIt() {
        try (Studio studio = Studio.inMemory()) {
            TrainingJobsTest.items(studio, 100);
            call(studio, "train_ml_model", "{'source_id':'items','target':'price','name':'prices'}");
            Caller eve = new Caller(studio.caller().tenant(), "eve");

            assertEquals(
                    "No model was trained yet.",
                    call(studio, eve, "list_trained_models", "{}").text());
            for (String[] each : new String[][] {
                {"describe_trained_model", "{'model':'prices'}"},
                {"predict_with_model", "{'model':'prices','rows':[{'size':1}]}"},
                {"generate_rows", "{'model':'prices'}"},
                {"train_ml_model", "{'source_id':'items','target':'price'}"}
            }) {
                assertTrue(call(studio, eve, each[0], each[1]).text().contains("NOT_FOUND"), each[0]);
            }
        }
    }

    @Test
    void whatWasLearntSoFarIsThereForTheNextTry() {
        try (Studio studio = Studio.inMemory()) {
            JobCheckpoints first = new JobCheckpoints(studio.artifacts(), studio.caller(), "m");
            assertEquals(Optional.empty(), first.last());

            first.keep(1, new byte[] {1});
            first.keep(2, new byte[] {2}); // too soon after the one before

            JobCheckpoints second = new JobCheckpoints(studio.artifacts(), studio.caller(), "m");
            assertEquals(1, second.last().orElseThrow()[0]);
            second.delete();
            assertEquals(Optional.empty(), second.last());
        }
    }
}
