package dev.datastudio.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Models are trained, shown, used and deleted over HTTP (A3, A6, A22). */
class TrainedModelsTest {
    private static final String MODELS = "/api/v1/trained-models";

    /** ReduceSum over rows of two numbers, opset 12. */
    private static final String ONNX =
            "CAcSB2J5IGhhbmQ6aAoyCgFYEgNzdW0iCVJlZHVjZVN1bSoMCgRheGVzQgEBoAEHKg8KCGtlZXBkaW1zGAGgAQISBH"
                    + "N1bXNaFAoBWBIPCg0IARIJCgMSAW4KAggCYhYKA3N1bRIPCg0IARIJCgMSAW4KAggBQgQKABAM";

    private final AppServer server = AppServer.shared();
    private final Person owner = server.newPerson();
    private String dataset = "";

    @BeforeEach
    void bringData() {
        SplittableRandom random = new SplittableRandom(4);
        StringBuilder csv = new StringBuilder("size,age,price,grade\n");
        IntStream.range(0, 300).forEach(i -> {
            double size = random.nextDouble(30);
            int age = random.nextInt(20);
            csv.append(size).append(',').append(age).append(',').append(size * 3 + age);
            csv.append(',').append(size > 15 ? "high" : "low").append('\n');
        });
        dataset = Belongings.dataset(owner, "items.csv", csv.toString());
    }

    /** Trains, and gives the job when it has ended. */
    private JsonNode trained(String more) {
        String job = Belongings.id(owner.post(MODELS, "{'datasetId':'" + dataset + "'," + more + "}"));
        owner.get("/api/v1/jobs/" + job + "/events").is(200);
        return owner.get("/api/v1/jobs/" + job).is(200).json();
    }

    private String model(String more) {
        JsonNode job = trained(more);
        assertEquals("trained-model", job.path("result").path("type").asString(), job::toString);
        return job.path("result").path("id").asString();
    }

    @Test
    void aModelIsTrainedShownUsedAndDeleted() {
        String id = model("'spec':{'target':'grade','features':['size','age'],'algorithm':{'type':'random_forest',"
                + "'trees':20}},'name':'grades','description':'What it is worth.'");

        JsonNode listed = owner.get(MODELS).is(200).json().path("items").path(0);
        JsonNode card = owner.get(MODELS + "/" + id).is(200).json();
        JsonNode predicted = owner.post(
                        MODELS + "/" + id + "/predictions", "{'rows':[{'size':29,'age':3},{'size':1,'age':null}]}")
                .is(200)
                .json();

        assertEquals(card.path("model"), listed);
        assertEquals(
                "grades 1 grade random_forest classification",
                Stream.of("name", "version", "target", "algorithm", "task")
                        .map(name -> listed.path(name).asString())
                        .reduce((a, b) -> a + " " + b)
                        .orElseThrow());
        assertEquals("accuracy", listed.path("metric").path("name").asString());
        assertTrue(
                listed.path("metric").path("value").asDouble()
                        > listed.path("metric").path("baseline").asDouble(),
                listed::toString);
        assertEquals(20, card.path("spec").path("algorithm").path("trees").asInt());
        assertEquals(
                "confusion roc precision_recall calibration importances",
                card.path("charts")
                        .valueStream()
                        .map(chart -> chart.path("name").asString())
                        .reduce((a, b) -> a + " " + b)
                        .orElse(""));
        assertEquals("high", predicted.path(0).path("label").asString());
        assertEquals("low", predicted.path(1).path("label").asString());

        String job = Belongings.id(
                owner.post(MODELS + "/" + id + "/datasets", "{'datasetId':'" + dataset + "','name':'graded items'}"));
        owner.get("/api/v1/jobs/" + job + "/events").is(200);
        JsonNode result = owner.get("/api/v1/jobs/" + job).is(200).json().path("result");
        assertEquals(
                300,
                owner.get("/api/v1/datasets/" + result.path("id").asString())
                        .is(200)
                        .json()
                        .path("rows")
                        .asInt());
        assertEquals(
                List.of("trained_model grades"),
                owner.get("/api/v1/datasets/" + dataset + "/dependants")
                        .is(200)
                        .json()
                        .valueStream()
                        .map(group -> group.path("kind").asString() + " "
                                + group.path("first").path(0).path("name").asString())
                        .toList());
        owner.delete(MODELS + "/" + id).is(204);
        owner.get(MODELS + "/" + id).is(404);
        assertEquals(0, owner.get(MODELS).is(200).json().path("items").size());
    }

    @Test
    void onePredictionIsExplained() {
        String id = model("'spec':{'target':'grade','features':['size','age'],'algorithm':{'type':'random_forest',"
                + "'trees':20}}");
        String ask = MODELS + "/" + id + "/explanation";

        JsonNode found =
                owner.post(ask, "{'row':{'size':29,'age':null}}").is(200).json();
        JsonNode other = owner.post(ask, "{'row':{'size':29,'age':3},'label':'low'}")
                .is(200)
                .json();

        assertEquals(
                "high share size",
                found.path("label").asString() + " " + found.path("unit").asString() + " "
                        + found.path("contributions").path(0).path("column").asString());
        double sum = found.path("base").asDouble()
                + found.path("contributions")
                        .valueStream()
                        .mapToDouble(each -> each.path("amount").asDouble())
                        .sum();
        assertEquals(found.path("prediction").path("value").asDouble(), sum, 1e-9);
        assertTrue(other.path("margin").asDouble() < 0.2, other::toString);
        JsonNode wrong = owner.post(ask, "{'row':{'size':29,'age':3},'label':'middle'}")
                .is(400)
                .json();
        assertEquals("INVALID_ARGUMENT", wrong.path("code").asString());
    }

    @Test
    void rowsAreComparedWithThoseOfTraining() {
        String id = model("'spec':{'target':'price','features':['size','age'],'algorithm':'linear_regression'}");
        StringBuilder csv = new StringBuilder("size,age\n");
        IntStream.range(0, 200)
                .forEach(i -> csv.append(100 + i).append(',').append(i % 20).append('\n'));
        String later = Belongings.dataset(owner, "later.csv", csv.toString());

        String job = Belongings.id(owner.post(MODELS + "/" + id + "/drift", "{'datasetId':'" + later + "'}"));
        owner.get("/api/v1/jobs/" + job + "/events").is(200);
        JsonNode drift = owner.get("/api/v1/jobs/" + job + "/drift").is(200).json();

        assertEquals("done", drift.path("job").path("state").asString(), drift::toString);
        JsonNode found = drift.path("found");
        assertEquals("different", found.path("reading").asString(), drift::toString);
        assertEquals(
                "size different 1.0",
                Stream.of("column", "reading", "outside")
                        .map(name -> found.path("columns").path(0).path(name).asString())
                        .reduce((a, b) -> a + " " + b)
                        .orElseThrow());
        assertEquals("stable", found.path("columns").path(1).path("reading").asString(), drift::toString);
    }

    @Test
    void modelsAreComparedAndTakenAway() {
        String forest =
                model("'spec':{'target':'price','features':['age'],'algorithm':{'type':'random_forest','trees':10}},"
                        + "'name':'Préis / \u00fcber'");
        String line = model("'spec':{'target':'price','features':['size','age'],'algorithm':'linear_regression'}");
        String neighbours = model("'spec':{'target':'price','algorithm':'nearest_neighbours'}");

        JsonNode compared = owner.get(MODELS + "/comparison?ids=" + forest + "&ids=" + line)
                .is(200)
                .json();
        Person.Reply onnx = owner.get(MODELS + "/" + forest + "/onnx").is(200);
        Person.Reply card = owner.get(MODELS + "/" + forest + "/card").is(200);

        assertEquals(
                line, compared.path("models").path(0).path("model").path("id").asString());
        JsonNode first = compared.path("differences").path(0);
        assertEquals("r2", first.path("metric").asString());
        assertTrue(first.path("high").asDouble() < 0 && first.path("clear").asBoolean(), compared::toString);
        String header =
                onnx.response().headers().firstValue("Content-Disposition").orElse("");
        assertTrue(header.startsWith("attachment") && header.contains("Pr%C3%A9is"), header);
        assertTrue(onnx.response().body().contains("TreeEnsembleRegressor"), header);
        assertTrue(card.response().body().startsWith("# Préis"), card.response()::body);
        JsonNode refused =
                owner.get(MODELS + "/" + neighbours + "/onnx").is(400).json();
        assertTrue(refused.path("detail").asString().contains("not exportable"), refused::toString);
        assertEquals(
                "INVALID_ARGUMENT",
                owner.get(MODELS + "/comparison?ids=" + forest)
                        .is(400)
                        .json()
                        .path("code")
                        .asString());
    }

    @Test
    void theBestIsLookedForAndAllTriesAreTold() {
        JsonNode job = trained("'spec':{'target':'price'},'bestWithinSeconds':2");

        JsonNode training = owner.get("/api/v1/jobs/" + job.path("id").asString() + "/training")
                .is(200)
                .json();

        assertEquals("done", training.path("job").path("state").asString(), job::toString);
        assertTrue(training.path("tries").size() > 1, training::toString);
        assertTrue(training.path("tries").path(0).path("parameters").isObject(), training::toString);
    }

    @Test
    void rowsAreMadeByAGenerativeNetwork() {
        String id = model("'spec':{'algorithm':{'type':'generative_network','epochs':1}},'name':'maker'");
        String make = MODELS + "/" + id + "/rows";

        String job = Belongings.id(owner.post(make, "{'rows':25,'seed':7,'name':'made'}"));
        owner.get("/api/v1/jobs/" + job + "/events").is(200);
        JsonNode result = owner.get("/api/v1/jobs/" + job).is(200).json().path("result");

        JsonNode made = owner.get("/api/v1/datasets/" + result.path("id").asString())
                .is(200)
                .json();
        assertEquals(25, made.path("rows").asInt(), made::toString);
        assertTrue(made.path("warnings").toString().contains("none of them is real"), made::toString);
        for (String wrong : List.of(
                "{'rows':0,'name':'none'}",
                "{'rows':10000000,'name':'none'}",
                "{'name':'none'}",
                "{'rows':3}",
                "{'rows':3,'name':'items.csv'}")) {
            assertEquals(
                    "INVALID_ARGUMENT",
                    owner.post(make, wrong).is(400).json().path("code").asString(),
                    wrong);
        }
        server.newPerson().post(make, "{'rows':0,'name':''}").is(404);
    }

    @Test
    void whatIsWrongIsAProblemToMend() {
        String start = "{'datasetId':'" + dataset + "',";
        for (String[] wrong : new String[][] {
            {"'spec':{'target':'prise'}}", "UNKNOWN_COLUMN"},
            {"'spec':{'target':'price','algorithm':'magic'}}", "INVALID_ARGUMENT"},
            {"'spec':{'target':'price','algorithm':{'type':'random_forest','trees':0}}}", "INVALID_ARGUMENT"},
            {"'spec':{}}", "INVALID_ARGUMENT"},
            {"'spec':{'target':'price'},'bestWithinSeconds':4000}", "INVALID_ARGUMENT"},
            {"'spec':{'target':'price'},'name':'" + "n".repeat(201) + "'}", "INVALID_ARGUMENT"}
        }) {
            JsonNode problem = owner.post(MODELS, start + wrong[0]).is(400).json();

            assertEquals(wrong[1], problem.path("code").asString(), () -> wrong[0] + problem);
        }
        assertEquals(
                "failed",
                trained("'spec':{'target':'grade','algorithm':'linear_regression'}")
                        .path("state")
                        .asString());
        String id = model("'spec':{'target':'price','features':['size']}");
        assertEquals(
                "INVALID_ARGUMENT",
                owner.post(MODELS + "/" + id + "/predictions", "{'rows':[{'age':3}]}")
                        .is(400)
                        .json()
                        .path("code")
                        .asString());
    }

    @Test
    void algorithmsTellTheirParametersWithRanges() {
        JsonNode kinds = owner.get(MODELS + "/algorithms").is(200).json();

        JsonNode forest = kinds.valueStream()
                .filter(kind -> kind.path("type").asString().equals("random_forest"))
                .findFirst()
                .orElseThrow();
        assertEquals("[\"classification\",\"regression\"]", forest.path("tasks").toString());
        JsonNode trees = forest.path("parameters").path(0);
        assertEquals(
                "trees integer 100",
                trees.path("name").asString() + " " + trees.path("kind").asString() + " "
                        + trees.path("byDefault").asString());
        assertEquals(2000, trees.path("max").asInt());
        assertEquals(
                "[\"classification\"]",
                kinds.valueStream()
                        .filter(kind -> kind.path("type").asString().equals("logistic_regression"))
                        .findFirst()
                        .orElseThrow()
                        .path("tasks")
                        .toString());
    }

    @Test
    void othersHaveNoneOfIt() {
        Person other = server.newPerson();

        other.post(MODELS, "{'datasetId':'" + dataset + "','spec':{'target':'price'}}")
                .is(404);
        assertEquals(0, other.get(MODELS).is(200).json().path("items").size());
    }

    /** The sum of x and y, as another program may have written it. */
    private static byte[] onnx() {
        return java.util.Base64.getDecoder().decode(ONNX);
    }

    @Test
    void anOnnxFileIsImportedAndUsed() {
        byte[] file = onnx();
        JsonNode card = owner.sendFile(MODELS + "/import?target=sum&columns=x&columns=y", "sums.onnx", file)
                .is(201)
                .json();
        String id = card.path("model").path("id").asString();

        JsonNode listed = owner.get(MODELS).is(200).json().path("items").path(0);
        JsonNode told = owner.post(MODELS + "/" + id + "/predictions", "{'rows':[{'x':3,'y':4}]}")
                .is(200)
                .json();

        assertEquals(
                "sums imported sum onnx regression",
                Stream.of("name", "source", "target", "algorithm", "task")
                        .map(name -> listed.path(name).asString())
                        .reduce((a, b) -> a + " " + b)
                        .orElseThrow());
        assertTrue(listed.path("metric").isNull() && listed.path("datasetId").isNull(), listed::toString);
        assertEquals("sums.onnx", card.path("file").asString());
        assertEquals(7, told.path(0).path("value").asDouble());
        owner.get("/api/v1/datasets/" + dataset + "/dependants").is(200); // which looks at all models
        Person other = server.newPerson();
        other.get(MODELS + "/" + id).is(404);
        file[file.length / 2] ^= 0x7f;
        JsonNode problem = owner.sendFile(MODELS + "/import", "sums.onnx", java.util.Arrays.copyOf(file, 60))
                .is(400)
                .json();
        assertEquals("FILE_MALFORMED", problem.path("code").asString(), problem::toString);
        assertEquals(1, owner.get(MODELS).is(200).json().path("items").size());
    }
}
