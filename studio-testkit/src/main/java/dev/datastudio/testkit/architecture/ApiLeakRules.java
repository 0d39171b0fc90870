package dev.datastudio.testkit.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.datastudio.testkit.architecture.internal.Signatures;

/**
 * What a public type may show. A type is shown when a public or protected signature names it, as parameter, result,
 * field, type argument, bound or thrown exception, or when a public type extends or implements it.
 */
public final class ApiLeakRules {
    private static final DescribedPredicate<JavaClass> INTERNAL = JavaClass.Predicates.resideInAPackage("..internal..");

    private static final DescribedPredicate<JavaClass> PUBLIC =
            DescribedPredicate.describe("are public", ApiLeakRules::isPublic);

    private ApiLeakRules() {}

    /** No public type outside {@code internal} shows a type inside it. */
    public static ArchRule internalTypesStayInternal() {
        return publicTypesShowNo(
                "internal type", JavaClass.Predicates.resideInAPackage(StudioModule.ROOT + "..internal.."));
    }

    /** No public type shows a type of Jackson, so a host program may bring any version or none. */
    public static ArchRule jacksonStaysPrivate() {
        return publicTypesShowNo(
                "Jackson type", JavaClass.Predicates.resideInAnyPackage("com.fasterxml..", "tools.jackson.."));
    }

    private static ArchRule publicTypesShowNo(String kind, DescribedPredicate<JavaClass> hidden) {
        return classes()
                .that(PUBLIC)
                .and(DescribedPredicate.not(INTERNAL))
                .should(new ArchCondition<JavaClass>("show no " + kind) {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        Signatures.of(type)
                                .filter(mention -> hidden.test(mention.named()))
                                .map(mention -> mention.where() + " shows the " + kind + " "
                                        + mention.named().getName())
                                .distinct()
                                .forEach(text -> events.add(SimpleConditionEvent.violated(type, text)));
                    }
                })
                .allowEmptyShould(true);
    }

    private static boolean isPublic(JavaClass type) {
        return type.getModifiers().contains(JavaModifier.PUBLIC)
                && type.getEnclosingClass().map(ApiLeakRules::isPublic).orElse(true);
    }
}
