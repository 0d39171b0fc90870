package dev.datastudio.app;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.datastudio.app.web.Needs;
import dev.datastudio.app.web.Open;
import dev.datastudio.testkit.architecture.ModuleArchitectureContract;
import dev.datastudio.testkit.architecture.StudioModule;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.RequestMapping;

class AppArchitectureTest extends ModuleArchitectureContract {
    @Override
    protected StudioModule module() {
        return StudioModule.APP;
    }

    @Test
    void everyRouteSaysWhoMayUseIt() {
        methods()
                .that()
                .areMetaAnnotatedWith(RequestMapping.class)
                .should(new ArchCondition<JavaMethod>("say which scope it needs, or that it is open") {
                    @Override
                    public void check(JavaMethod method, ConditionEvents events) {
                        boolean says = method.isAnnotatedWith(Needs.class)
                                || method.isAnnotatedWith(Open.class)
                                || method.getOwner().isAnnotatedWith(Needs.class);
                        events.add(new SimpleConditionEvent(method, says, method.getFullName()));
                    }
                })
                .check(classes());
    }
}
