package dev.datastudio.agents.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.api.tool.SideEffect;
import dev.datastudio.api.tool.Tool;
import dev.datastudio.api.tool.ToolCall;
import dev.datastudio.api.tool.ToolContext;
import dev.datastudio.api.tool.ToolResult;
import dev.datastudio.core.Studio;
import dev.datastudio.core.tool.DataTools;
import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.output.structured.Description;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Row S2. */
class ToolsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private enum Unit {
        METRE,
        FOOT
    }

    @SuppressWarnings("UnusedMethod") // made by reflection
    private record Side(@Description("How long it is") double length, Optional<Unit> unit) {
        private Side {
            if (length < 0) {
                throw new IllegalArgumentException("length must be at least 0, was " + length);
            }
        }
    }

    private record Order(
            @Description({"Who", "asks"}) String name,
            int count,
            List<Side> sides,
            Set<String> labels,
            Map<String, BigDecimal> prices,
            Optional<LocalDate> day,
            Optional<Boolean> urgent) {}

    private final Tool order =
            Tools.reading("order", "Orders sides", Order.class, (order, context) -> ToolResult.of(order.toString()));

    private String order(String arguments) {
        return order.call(new ToolCall("order", arguments), ToolContext.of(Caller.LOCAL))
                .text();
    }

    @Test
    void writesTheSchemaOfARecord() throws JsonProcessingException {
        String expected = """
                {"type":"object","properties":{
                  "name":{"type":"string","description":"Who asks"},
                  "count":{"type":"integer"},
                  "sides":{"type":"array","items":{"type":"object","properties":{
                      "length":{"type":"number","description":"How long it is"},
                      "unit":{"type":"string","enum":["METRE","FOOT"]}},
                    "required":["length"],"additionalProperties":false}},
                  "labels":{"type":"array","items":{"type":"string"},"uniqueItems":true},
                  "prices":{"type":"object","additionalProperties":{"type":"number"}},
                  "day":{"type":"string","format":"date"},
                  "urgent":{"type":"boolean"}},
                 "required":["name","count","sides","labels","prices"],"additionalProperties":false}
                """;

        assertEquals(JSON.readTree(expected), JSON.readTree(order.inputSchema()));
    }

    @Test
    void makesTheRecordOfTheArguments() {
        String text = order(
                "{\"name\":\"Ann\",\"count\":2,\"sides\":[{\"length\":1,\"unit\":\"FOOT\"},{\"length\":2.5,\"unit\":null}],"
                        + "\"labels\":[\"a\"],\"prices\":{\"x\":0.1},\"day\":\"2026-03-01\"}");

        assertEquals(
                "Order[name=Ann, count=2, sides=[Side[length=1.0, unit=Optional[FOOT]],"
                        + " Side[length=2.5, unit=Optional.empty]], labels=[a], prices={x=0.1},"
                        + " day=Optional[2026-03-01], urgent=Optional.empty]",
                text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{\"count\":2}; the object has no 'name' (Give 'name')",
                "{\"name\":7}; name is the number '7' (Give text)",
                "{\"count\":\"2\"}; count is the text '2' (Give a whole number)",
                "{\"conut\":2}; 'count' is the nearest",
                "{\"count\":2.5}; count is the number '2.5'",
                "{\"sides\":[{\"length\":1,\"unit\":\"foot\"}]}; sides/0/unit is the text 'foot' (Use one of [METRE, FOOT]; 'FOOT' is the nearest)",
                "{\"name\":\"a\",}; is not JSON in line 1",
                "[1]; The arguments are no JSON object",
            })
    void saysWhatIsWrongWithTheArguments(String arguments, String message) {
        String text = order(arguments);

        assertTrue(text.startsWith("Error INVALID_ARGUMENT: "), text);
        assertTrue(text.contains(message), text);
    }

    @Test
    void saysWhatTheRecordItselfRefuses() {
        String rest = "\"labels\":[],\"prices\":{}}";

        assertTrue(order("{\"name\":\"a\",\"count\":1,\"sides\":[{\"length\":-1}]," + rest)
                .contains("length must be at least 0, was -1.0"));
        assertTrue(order("{\"name\":\"a\",\"count\":99999999999,\"sides\":[]," + rest)
                .contains("The argument 'count' is '99999999999'. Give a whole number that fits int."));
        assertTrue(order("{\"name\":\"a\",\"count\":1,\"sides\":[],\"day\":\"tomorrow\"," + rest)
                .contains("The argument 'day' is 'tomorrow'. Give a time in ISO 8601"));
    }

    private record Loop(List<Loop> inner) {}

    private record Odd(Thread thread) {}

    @Test
    void refusesRecordsThatJsonCantGive() {
        ToolFunction<Loop> loop = (arguments, context) -> ToolResult.of("-");
        ToolFunction<Odd> odd = (arguments, context) -> ToolResult.of("-");

        assertThrows(IllegalArgumentException.class, () -> Tools.reading("loop", "Loops", Loop.class, loop));
        assertThrows(IllegalArgumentException.class, () -> Tools.writing("odd", "Is odd", Odd.class, odd));
    }

    @SuppressWarnings("UnusedMethod") // called by reflection
    private static final class Greeter {
        @dev.langchain4j.agent.tool.Tool("Greets somebody")
        String greet(
                @P(name = "who", description = "The name") String name,
                @P(name = "times", required = false, defaultValue = "1") int times,
                @P(name = "unit") Optional<Unit> unit,
                ToolContext context) {
            return "Hello ".repeat(times) + name + " of " + context.caller().tenant()
                    + unit.map(Enum::name).orElse("");
        }

        @dev.langchain4j.agent.tool.Tool(name = "measure_side", value = "Gives a side")
        Side measure(@P(name = "side") Side side) {
            return side;
        }
    }

    private static Tool greeter(String name) {
        return Tools.annotated(new Greeter(), SideEffect.WRITE).stream()
                .filter(tool -> tool.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void makesToolsOfAnnotatedMethods() throws JsonProcessingException {
        Tool greet = greeter("greet");

        assertEquals("Greets somebody", greet.description());
        assertEquals(SideEffect.WRITE, greet.sideEffect());
        assertEquals(JSON.readTree("""
                        {"type":"object","properties":{"who":{"type":"string","description":"The name"},
                          "times":{"type":"integer"},"unit":{"type":"string","enum":["METRE","FOOT"]}},
                         "required":["who"],"additionalProperties":false}
                        """), JSON.readTree(greet.inputSchema()));
        assertEquals(
                "Hello Hello Ann of local",
                greet.call(new ToolCall("greet", "{\"who\":\"Ann\",\"times\":2}"), ToolContext.of(Caller.LOCAL))
                        .text());
        assertEquals(
                "Hello Ann of localFOOT",
                greet.call(new ToolCall("greet", "{\"who\":\"Ann\",\"unit\":\"FOOT\"}"), ToolContext.of(Caller.LOCAL))
                        .text());
    }

    @Test
    void checksTheArgumentsOfAnnotatedMethods() {
        ToolResult wrong =
                greeter("greet").call(new ToolCall("greet", "{\"whom\":\"Ann\"}"), ToolContext.of(Caller.LOCAL));

        assertTrue(wrong.isError());
        assertTrue(wrong.text().contains("the object has no 'who'"), wrong.text());
    }

    @Test
    void refusesAnObjectWithoutTools() {
        assertThrows(IllegalArgumentException.class, () -> Tools.annotated("text", SideEffect.READ));
    }

    @Test
    void turnsAToolIntoASpecificationForModels() {
        ToolSpecification specification = Tools.specification(order);

        assertEquals("order", specification.name());
        assertEquals("Orders sides", specification.description());
        assertEquals(
                List.of("name", "count", "sides", "labels", "prices"),
                specification.parameters().required());
        assertEquals(false, specification.parameters().additionalProperties());
        assertInstanceOf(
                JsonArraySchema.class, specification.parameters().properties().get("sides"));
    }

    @Test
    void turnsTheStudiosToolsIntoSpecifications() {
        try (Studio studio = Studio.inMemory()) {
            List<ToolSpecification> all = Tools.specifications(DataTools.over(studio.tables()));

            assertEquals(7, all.size());
            assertFalse(all.get(0).parameters().properties().isEmpty());
        }
        assertInstanceOf(
                JsonEnumSchema.class,
                Tools.specification(greeter("greet")).parameters().properties().get("unit"));
    }

    @Test
    void asksForADescription() {
        StudioException blank = assertThrows(
                StudioException.class,
                () -> Tools.reading("order", " ", Order.class, (order, context) -> ToolResult.of("-")));

        assertEquals(ErrorCode.INVALID_ARGUMENT, blank.code());
    }
}
