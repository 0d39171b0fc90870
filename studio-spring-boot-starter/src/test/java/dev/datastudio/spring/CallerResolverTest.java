package dev.datastudio.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.datastudio.api.tenant.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

class CallerResolverTest {
    @Test
    void leavesEverybodyAloneUnlessToldWhoBelongsTogether() {
        Starter.web().run(context -> {
            CallerResolver callers = context.getBean(CallerResolver.class);
            assertThat(callers.find(from("anna"))).contains(new Caller("anna", "anna"));
            assertThat(callers.find(from("ben"))).contains(new Caller("ben", "ben"));
        });
    }

    @Test
    void putsEverybodyIntoTheOrganisationThatIsSet() {
        Starter.web()
                .withPropertyValues("studio.caller.tenant=acme")
                .run(context -> assertThat(context.getBean(CallerResolver.class).find(from("anna")))
                        .contains(new Caller("acme", "anna")));
    }

    @Test
    void givesNamesThatAreNoIdsAnIdThatNobodyElseHas() {
        CallerResolver callers = new PrincipalCallerResolver("acme");

        String mail = callers.find(from("anna@example.org")).orElseThrow().user();

        assertThat(mail).startsWith("h-").hasSize(62);
        assertThat(callers.find(from("anna@example.org")).orElseThrow().user()).isEqualTo(mail);
        assertThat(callers.find(from(mail)).orElseThrow().user()).isNotEqualTo(mail);
        assertThat(callers.find(from("Anna")).orElseThrow().user())
                .isNotEqualToIgnoringCase(
                        callers.find(from("anna")).orElseThrow().user());
        assertThat(callers.find(from("../../etc")).orElseThrow().user()).startsWith("h-");
    }

    @Test
    void findsNobodyWhereNobodySignedIn() {
        assertThat(new PrincipalCallerResolver("acme").find(new MockHttpServletRequest()))
                .isEmpty();
    }

    @Test
    void refusesAnOrganisationThatIsNoIdAtTheStart() {
        Starter.web()
                .withPropertyValues("studio.caller.tenant=no/id")
                .run(context ->
                        assertThat(context).getFailure().hasStackTraceContaining("tenant must be 1 to 64 letters"));
    }

    @Test
    void stepsBackForTheResolverOfTheApplication() {
        Starter.web()
                .withBean("own", CallerResolver.class, () -> request -> Optional.of(Caller.LOCAL))
                .run(context ->
                        assertThat(context).hasSingleBean(CallerResolver.class).hasBean("own"));
    }

    @Test
    void givesHandlersTheirCallerAndStrangers401() {
        Starter.web().withUserConfiguration(Web.class).run(context -> {
            MockMvc mvc = MockMvcBuilders.webAppContextSetup(
                            (WebApplicationContext) context.getSourceApplicationContext())
                    .build();
            assertThat(mvc.perform(MockMvcRequestBuilders.get("/me").principal(() -> "anna"))
                            .andReturn()
                            .getResponse()
                            .getContentAsString())
                    .isEqualTo("anna of anna");
            assertThat(mvc.perform(MockMvcRequestBuilders.get("/me"))
                            .andReturn()
                            .getResponse()
                            .getStatus())
                    .isEqualTo(401);
        });
    }

    @Test
    void isNotThereWithoutSpringMvc() {
        Starter.web()
                .withClassLoader(new FilteredClassLoader("org.springframework.web.servlet.config"))
                .run(context -> assertThat(context).doesNotHaveBean("callerResolver"));
        Starter.application().run(context -> assertThat(context).doesNotHaveBean("callerResolver"));
    }

    private static HttpServletRequest from(String name) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setUserPrincipal(() -> name);
        return request;
    }

    @EnableWebMvc
    @RestController
    static class Web {
        @GetMapping("/me")
        String me(Caller caller) {
            return caller.user() + " of " + caller.tenant();
        }
    }
}
