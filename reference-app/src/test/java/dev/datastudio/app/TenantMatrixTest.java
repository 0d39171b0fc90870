package dev.datastudio.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every route of the description of the API, as somebody of another organisation calls it with an id of the first, and
 * with an id that nobody has: both must be told the same. A new route joins by itself; one with an id of a new kind fails
 * until {@link Belongings} says how such a thing is made (G7).
 */
class TenantMatrixTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String JSON_BODY = "/requestBody/content/application~1json";
    private static final Pattern PARAMETER = Pattern.compile("/([a-z-]+)/\\{[A-Za-z]+}");
    /** The names that every organisation knows the same things by. */
    private static final Set<String> COMMON =
            Set.of("oidc", "agents", "node-types", "graph-templates", "model-providers", "chart-kinds", "test-kinds");

    private final AppServer server = AppServer.shared();
    private final Person owner = server.newPerson();
    private final Person stranger = server.newPerson();
    private final Map<String, String> made = new TreeMap<>();

    private record Route(String method, String path, JsonNode operation) {
        String kind() {
            Matcher found = PARAMETER.matcher(path);
            return found.find() ? found.group(1) : "";
        }

        boolean isOpen() {
            return operation.path("security").isEmpty();
        }

        /** The path with the first id as given and every other parameter as something harmless. */
        String with(String id) {
            String first = path.replaceFirst("\\{[A-Za-z]+}", Matcher.quoteReplacement(id));
            return first.replaceAll("\\{[A-Za-z]+}", "1");
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    @TestFactory
    Stream<DynamicTest> aStrangerIsToldTheSameOfAThingOfOthersAndOfNothing() {
        JsonNode api = owner.get("/api/docs").is(200).json();
        List<Route> routes = routes(api).stream()
                .filter(route -> !route.kind().isEmpty() && !COMMON.contains(route.kind()))
                .toList();
        routes.stream().map(Route::kind).distinct().forEach(kind -> {
            assertTrue(Belongings.KINDS.contains(kind), "nothing says how one of " + kind + " is made");
            made.computeIfAbsent(kind, any -> Belongings.make(kind, owner));
        });
        return routes.stream().map(route -> DynamicTest.dynamicTest(route.toString(), () -> check(api, route)));
    }

    @TestFactory
    Stream<DynamicTest> nobodyIsAnsweredByNoRouteThatIsNotOpen() {
        JsonNode api = owner.get("/api/docs").is(200).json();
        Person nobody = server.nobody();
        return routes(api).stream()
                .filter(route -> !route.isOpen())
                .map(route -> DynamicTest.dynamicTest(route.toString(), () -> {
                    Person.Reply reply =
                            send(nobody, api, route, UUID.randomUUID().toString());

                    assertEquals(401, reply.status(), reply.response().body());
                }));
    }

    /** A body without anything that is asked for is told what is missing. */
    @TestFactory
    Stream<DynamicTest> anEmptyBodyIsAnErrorOfWhoSendsIt() {
        Person sender = server.newPerson();
        JsonNode api = sender.get("/api/docs").is(200).json();
        Map<String, String> own = new TreeMap<>();
        return routes(api).stream()
                .filter(route -> route.operation().at(JSON_BODY).has("schema"))
                .map(route -> DynamicTest.dynamicTest(route.toString(), () -> {
                    String id = route.kind().isEmpty() || COMMON.contains(route.kind())
                            ? "1"
                            : own.computeIfAbsent(route.kind(), kind -> Belongings.make(kind, sender));
                    HttpRequest.Builder request = sender.request(route.with(id)).header("If-Match", "\"1\"");

                    Person.Reply reply = sender.send(request.header("Content-Type", "application/json")
                            .method(route.method(), BodyPublishers.ofString("{}")));

                    assertTrue(reply.status() < 500, () -> reply.response().body());
                }));
    }

    private void check(JsonNode api, Route route) {
        String theirs = Objects.requireNonNull(made.get(route.kind()), route.kind());
        String nobodys = UUID.randomUUID().toString();

        Person.Reply ofTheirs = send(stranger, api, route, theirs);
        Person.Reply ofNothing = send(stranger, api, route, nobodys);

        assertEquals(404, ofTheirs.status(), ofTheirs.response().body());
        assertEquals(404, ofNothing.status(), ofNothing.response().body());
        assertEquals(told(ofNothing, nobodys), told(ofTheirs, theirs));
    }

    private static String told(Person.Reply reply, String id) {
        JsonNode problem = reply.json();
        return (problem.path("code").asString() + ": " + problem.path("detail").asString() + " / "
                        + problem.path("mend").asString())
                .replace(id, "ID");
    }

    private static Person.Reply send(Person person, JsonNode api, Route route, String id) {
        HttpRequest.Builder request = person.request(route.with(id)).header("If-Match", "\"1\"");
        JsonNode content = route.operation().path("requestBody").path("content");
        JsonNode schema = content.path("application/json").path("schema");
        if (schema.isMissingNode()) {
            return person.send(request.method(route.method(), BodyPublishers.noBody()));
        }
        String body = JSON.writeValueAsString(example(api, schema, 0));
        return person.send(request.header("Content-Type", "application/json")
                .method(route.method(), BodyPublishers.ofString(body)));
    }

    /** A value that a schema takes, as plain as can be. */
    private static Object example(JsonNode api, JsonNode schema, int depth) {
        if (schema.has("$ref")) {
            String name = schema.path("$ref").asString();
            return example(api, api.at(name.substring(1)), depth + 1);
        }
        for (String either : List.of("oneOf", "anyOf", "allOf")) {
            if (schema.has(either)) {
                return example(api, schema.path(either).path(0), depth + 1);
            }
        }
        if (schema.has("enum")) {
            return schema.path("enum").path(0).asString();
        }
        JsonNode named = schema.path("type");
        String type = named.isArray() ? named.path(0).asString() : named.asString();
        return switch (type) {
            case "integer", "number" -> 1;
            case "boolean" -> true;
            case "array" -> List.of();
            case "object" -> {
                Map<String, Object> members = new TreeMap<>();
                if (depth < 4) {
                    schema.path("properties")
                            .forEachEntry((name, member) -> members.put(name, example(api, member, depth + 1)));
                }
                yield members;
            }
            default -> "name";
        };
    }

    private static List<Route> routes(JsonNode api) {
        List<Route> routes = new ArrayList<>();
        api.path("paths")
                .forEachEntry((path, operations) -> operations.forEachEntry((method, operation) ->
                        routes.add(new Route(method.toUpperCase(Locale.ROOT), path, operation))));
        return routes;
    }
}
