package dev.datastudio.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.datastudio.agents.graph.GraphNodeTypes;
import dev.datastudio.agents.tool.RegisteredTool;
import dev.datastudio.agents.tool.ToolRegistry;
import dev.datastudio.agents.tool.ToolRunner;
import dev.datastudio.agents.tool.ToolSideEffect;
import dev.datastudio.api.tenant.Caller;
import dev.datastudio.api.tool.SideEffect;
import dev.datastudio.api.tool.ToolCall;
import dev.datastudio.api.tool.ToolContext;
import dev.datastudio.graph.json.NodeType;
import dev.datastudio.graph.json.Port;
import dev.datastudio.graph.json.PortType;
import dev.datastudio.graph.json.Values;
import dev.langchain4j.agent.tool.Tool;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class BeanRegistrationTest {
    static class Towns {
        @Tool("The population of a town")
        @ToolSideEffect(SideEffect.READ)
        public int population(String town) {
            return town.length();
        }

        @Tool("Writes to the mayor of a town")
        public String write(String town) {
            return "written to " + town;
        }
    }

    interface Rivers {
        @Tool("The length of a river in km")
        @ToolSideEffect(SideEffect.READ)
        int length(String river);
    }

    @Configuration(proxyBeanMethods = false)
    static class Host {
        @Bean
        Towns towns() {
            return new Towns();
        }

        @Bean
        NodeType upper() {
            return NodeType.define("acme.upper", 1)
                    .inputs(Port.required("text", PortType.TEXT))
                    .outputs(Port.required("text", PortType.TEXT))
                    .work(config -> (inputs, context) ->
                            Values.of("text", inputs.text("text").toUpperCase(Locale.ROOT)))
                    .build();
        }
    }

    @Test
    void makesToolsOfAnnotatedMethods() {
        Starter.application().withUserConfiguration(Host.class).run(context -> {
            ToolRegistry tools = context.getBean(ToolRegistry.class).as(new Caller("anyone", "anna"));
            assertThat(tools.find("population"))
                    .map(RegisteredTool::tool)
                    .map(tool -> tool.sideEffect())
                    .contains(SideEffect.READ);
            assertThat(run(tools, "population", "{\"town\":\"Ulm\"}")).isEqualTo("3");
        });
    }

    @Test
    void runsWhatDoesNotSayThatItOnlyReadsWhenApprovedOnly() {
        Starter.application().withUserConfiguration(Host.class).run(context -> {
            ToolRegistry tools = context.getBean(ToolRegistry.class);
            assertThat(tools.find("write").orElseThrow().tool().sideEffect()).isEqualTo(SideEffect.EXTERNAL);
            assertThat(run(tools, "write", "{\"town\":\"Ulm\"}")).contains("was not approved");
        });
        Starter.application()
                .withUserConfiguration(Host.class)
                .withPropertyValues("studio.tools.side-effect=write")
                .run(context -> assertThat(context.getBean(ToolRegistry.class)
                                .find("write")
                                .orElseThrow()
                                .tool()
                                .sideEffect())
                        .isEqualTo(SideEffect.WRITE));
    }

    private static String run(ToolRegistry tools, String name, String arguments) {
        return ToolRunner.builder(tools)
                .build()
                .run(new ToolCall(name, arguments), ToolContext.of(tools.caller()))
                .text();
    }

    @Test
    void leavesBeansAloneWhenToldTo() {
        Starter.application()
                .withUserConfiguration(Host.class)
                .withPropertyValues("studio.tools.beans=false")
                .run(context -> assertThat(context.getBean(ToolRegistry.class).find("population"))
                        .isEmpty());
    }

    @Test
    void callsToolsThroughTheirProxies() {
        AtomicInteger calls = new AtomicInteger();
        MethodInterceptor counting = invocation -> {
            calls.incrementAndGet();
            return invocation.proceed();
        };

        Starter.application()
                .withBean("towns", Towns.class, () -> (Towns) proxy(new Towns(), counting))
                .withBean("rivers", Rivers.class, () -> (Rivers) proxy((Rivers) String::length, counting))
                .run(context -> {
                    ToolRegistry tools = context.getBean(ToolRegistry.class);
                    assertThat(run(tools, "population", "{\"town\":\"Ulm\"}")).isEqualTo("3");
                    assertThat(run(tools, "length", "{\"river\":\"Iller\"}")).isEqualTo("5");
                });

        assertThat(calls).hasValue(2);
    }

    private static Object proxy(Object target, MethodInterceptor around) {
        ProxyFactory factory = new ProxyFactory(target);
        factory.addAdvice(around);
        return factory.getProxy();
    }

    @Test
    void addsKindsOfNodes() {
        Starter.application()
                .withUserConfiguration(Host.class)
                .run(context -> assertThat(context.getBean(GraphNodeTypes.class)
                                .as(new Caller("anyone", "anna"))
                                .types()
                                .find("acme.upper"))
                        .isPresent());
    }

    @Test
    void refusesTwoKindsOfNodesOfOneId() {
        Starter.application()
                .withUserConfiguration(Host.class)
                .withBean("again", NodeType.class, () -> new Host().upper())
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("Two beans are node types 'acme.upper'"));
    }

    @Test
    void refusesAToolWhoseNameIsTaken() {
        Starter.application()
                .withBean("mine", Object.class, () -> new Counting())
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("count_rows")
                        .hasStackTraceContaining("Rename one of them"));
    }

    static final class Counting {
        @Tool(name = "count_rows", value = "Counts")
        int count() {
            return 1;
        }
    }
}
