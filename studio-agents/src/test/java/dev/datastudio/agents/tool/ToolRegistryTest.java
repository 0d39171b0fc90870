package dev.datastudio.agents.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.code.CodeAvailability;
import dev.datastudio.api.code.CodeRequest;
import dev.datastudio.api.code.CodeResult;
import dev.datastudio.api.code.CodeRunner;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.api.progress.Cancellation;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.api.tool.SideEffect;
import dev.datastudio.api.tool.Tool;
import dev.datastudio.api.tool.ToolResult;
import dev.datastudio.core.Studio;
import dev.datastudio.core.tool.ToolProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rows A12, P6. */
class ToolRegistryTest {
    private static final Caller ANN = new Caller("north", "ann");
    private static final Caller BEN = new Caller("south", "ben");

    private final Studio studio = Studio.inMemory();
    private final ToolRegistry registry = ToolRegistry.of(studio);

    private record Nothing() {}

    @AfterEach
    void close() {
        studio.close();
    }

    private static Tool tool(String name) {
        return Tools.reading(name, "Says its name", Nothing.class, (nothing, context) -> ToolResult.of(name));
    }

    private static List<String> names(ToolRegistry registry) {
        return registry.enabled().stream().map(Tool::name).toList();
    }

    @Test
    void hasTheToolsOfTheStudio() {
        assertTrue(names(registry)
                .containsAll(List.of(
                        "get_dataset_info",
                        "eda_analysis",
                        "hypothesis_test",
                        "create_visualization",
                        "sql_query",
                        "execute_sql_query",
                        "read_source_data",
                        "describe_source",
                        "sample_source_data",
                        "count_rows",
                        "filter_data",
                        "aggregate_data")));
        assertTrue(registry.list().stream()
                .filter(each -> each.provider().equals("built-in"))
                .allMatch(each -> each.tool().sideEffect() == SideEffect.READ));
    }

    @Test
    void listsTheToolThatRunsCodeOnlyWithARunnerThatProvedItself() {
        List<Boolean> listed = new ArrayList<>();
        for (CodeAvailability availability :
                List.of(new CodeAvailability(true, "walled off"), new CodeAvailability(false, "not proven"))) {
            try (Studio other = Studio.builder()
                    .temporary()
                    .codeRunner(new Idle(availability))
                    .build()) {
                listed.add(names(ToolRegistry.of(other)).contains("run_python"));
            }
        }

        assertEquals(List.of(true, false), listed);
        assertFalse(names(registry).contains("run_python"), "and never without a runner");
    }

    /** A runner that never runs. */
    private record Idle(CodeAvailability availability) implements CodeRunner {
        @Override
        public String name() {
            return "idle";
        }

        @Override
        public String description() {
            return "Runs nothing.";
        }

        @Override
        public CodeResult run(CodeRequest request, Cancellation cancellation) {
            throw new AssertionError("nothing was to be run");
        }
    }

    @Test
    void isOneForAStudio() {
        registry.register(tool("mine"));

        assertTrue(names(ToolRegistry.of(studio)).contains("mine"));
    }

    @Test
    void refusesASecondToolOfAName() {
        registry.register(tool("mine"));

        StudioException own = assertThrows(StudioException.class, () -> registry.register(tool("mine")));
        StudioException builtIn = assertThrows(StudioException.class, () -> registry.register(tool("sql_query")));
        StudioException tenants = assertThrows(
                StudioException.class, () -> registry.as(ANN).only(List.of()).registerForTenant(tool("mine")));

        assertEquals(ErrorCode.INVALID_NAME, own.code());
        assertTrue(
                builtIn.getMessage().contains("There are two tools 'sql_query', of 'built-in' and of 'program'"),
                builtIn.getMessage());
        assertEquals(ErrorCode.INVALID_NAME, tenants.code());
    }

    @Test
    void refusesNamesThatModelsOrServersWouldTakeForOthers() {
        StudioException spaces = assertThrows(StudioException.class, () -> tool("two words"));
        StudioException server = assertThrows(StudioException.class, () -> registry.register(tool("mcp_mine")));

        assertEquals(
                "The tool 'two words' has a name that models can't call. Use 1 to 64 letters, digits, '_' and '-'.",
                spaces.getMessage());
        assertEquals(ErrorCode.INVALID_NAME, server.code());
    }

    @Test
    void keepsTheToolOfATenantToIt() {
        registry.as(ANN).registerForTenant(tool("mine"));

        assertTrue(names(registry.as(ANN)).contains("mine"));
        assertFalse(names(registry.as(BEN)).contains("mine"));
        registry.as(BEN).registerForTenant(tool("mine"));
        assertEquals(
                ErrorCode.INVALID_NAME,
                assertThrows(StudioException.class, () -> registry.register(tool("mine")))
                        .code());
    }

    @Test
    void switchesAToolOffForOneTenant() {
        registry.as(ANN).disable("count_rows");

        assertFalse(names(registry.as(new Caller("north", "cid"))).contains("count_rows"));
        assertTrue(names(registry.as(BEN)).contains("count_rows"));
        assertTrue(registry.as(ANN).find("count_rows").orElseThrow().disabled().isPresent());
        StudioException refused =
                assertThrows(StudioException.class, () -> registry.as(ANN).get("count_rows"));
        assertEquals(ErrorCode.TOOL_REFUSED, refused.code());

        registry.as(ANN).enable("count_rows");

        assertEquals("count_rows", registry.as(ANN).get("count_rows").name());
    }

    @Test
    void saysWhichNameWasMeant() {
        StudioException near = assertThrows(StudioException.class, () -> registry.get("sql_qery"));
        StudioException far = assertThrows(StudioException.class, () -> registry.disable("transmogrify"));

        assertEquals("There is no tool 'sql_qery'. Use 'sql_query', if that is what you want.", near.getMessage());
        assertEquals(ErrorCode.TOOL_NOT_FOUND, far.code());
        assertTrue(far.getMessage().contains("Use one of ["), far.getMessage());
    }

    @Test
    void narrowsToSomeToolsAndNeverWidens() {
        ToolRegistry expert = registry.only(List.of("sql_query", "get_dataset_info"));

        assertEquals(List.of("get_dataset_info", "sql_query"), names(expert));
        assertEquals(
                List.of("sql_query"),
                names(expert.only(List.of("sql_query", "count_rows")).as(ANN)));
    }

    @Test
    void givesMoreToolsToTheOneWhoHoldsItAlone() {
        ToolRegistry more = registry.with(List.of(tool("weather")));

        assertTrue(names(more.as(ANN)).contains("weather"));
        assertEquals(List.of("weather"), names(more.only(List.of("weather"))));
        assertFalse(names(registry).contains("weather"));
        assertThrows(StudioException.class, () -> registry.with(List.of(tool("mcp_weather"))));
        ToolRegistry twice = registry.with(List.of(tool("sql_query")));
        assertEquals(
                ErrorCode.INVALID_NAME,
                assertThrows(StudioException.class, twice::list).code());
    }

    @Test
    void refusesTwoProvidersWithToolsOfOneName() {
        record Provider(String name) implements ToolProvider {
            @Override
            public String description() {
                return "Brings one tool";
            }

            @Override
            public List<Tool> tools(Studio studio, Caller caller) {
                return List.of(tool("same"));
            }
        }
        ToolRegistry both = ToolRegistry.of(studio, List.of(new Provider("left"), new Provider("right")));

        StudioException twice = assertThrows(StudioException.class, both::list);

        assertEquals(
                "There are two tools 'same', of 'left' and of 'right'. Rename one of them, or leave one of the two out.",
                twice.getMessage());
    }

    @Test
    void leavesOutAProviderThatIsNotAvailable() {
        ToolProvider absent = new ToolProvider() {
            @Override
            public String name() {
                return "absent";
            }

            @Override
            public String description() {
                return "Has no library";
            }

            @Override
            public Optional<String> unavailable(Studio any) {
                return Optional.of("There is no library. Add it.");
            }

            @Override
            public List<Tool> tools(Studio any, Caller caller) {
                throw new AssertionError("not asked");
            }
        };

        assertEquals(List.of(), ToolRegistry.of(studio, List.of(absent)).list());
    }
}
