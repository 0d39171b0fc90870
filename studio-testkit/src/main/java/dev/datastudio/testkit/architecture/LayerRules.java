package dev.datastudio.testkit.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/** Which module may stand on which, and how the packages inside a module hang together. */
public final class LayerRules {
    private static final String NULL_MARKED = "org.jspecify.annotations.NullMarked";

    private LayerRules() {}

    /** Arrows between modules point down only: a module names itself and its {@link StudioModule#lower()} modules. */
    public static ArchRule standsOnLowerLayersOnly(StudioModule module) {
        return noClasses()
                .that()
                .resideInAPackage(module.everything())
                .should()
                .dependOnClassesThat(
                        resideInAPackage(StudioModule.ROOT + "..").and(resideOutsideOfPackages(module.reachable())))
                .because("arrows between modules never point up or sideways");
    }

    /** studio-api shows no third party to those who implement it: it names the JDK, SLF4J, JSpecify and itself. */
    public static ArchRule standsOnTheFoundationOnly(StudioModule module) {
        return classes()
                .that()
                .resideInAPackage(module.everything())
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "javax..", "org.slf4j..", "org.jspecify..", module.everything())
                .because("whoever implements an interface of Studio needs no other library");
    }

    /**
     * The feature packages of a module form no cycle. An {@code internal} package below a feature counts with it; one
     * beside the features serves them all, so they may name each other.
     */
    public static ArchRule hasNoPackageCycles(StudioModule module) {
        return slices().assignedFrom(new FeaturesOf(module))
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true);
    }

    /** Every package states with JSpecify's {@code @NullMarked} that its types are not null unless marked. */
    public static ArchRule isNullMarked(StudioModule module) {
        return classes()
                .that()
                .resideInAPackage(module.everything())
                .should(new ArchCondition<JavaClass>("live in a package that package-info.java marks @NullMarked") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        if (!type.getPackage().isAnnotatedWith(NULL_MARKED)) {
                            events.add(SimpleConditionEvent.violated(
                                    type,
                                    type.getName() + " lives in " + type.getPackageName()
                                            + ", whose package-info.java does not carry @NullMarked"));
                        }
                    }
                });
    }

    private record FeaturesOf(StudioModule module) implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            String prefix = module.packagePrefix() + ".";
            if (!type.getPackageName().startsWith(prefix)) {
                return SliceIdentifier.ignore();
            }
            String feature = type.getPackageName().substring(prefix.length()).split("[.]", 2)[0];
            return feature.equals("internal") ? SliceIdentifier.ignore() : SliceIdentifier.of(feature);
        }

        @Override
        public String getDescription() {
            return "feature packages of " + module.packagePrefix();
        }
    }
}
