package dev.datastudio.testkit.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;
import javax.sql.CommonDataSource;

/** What library code never does to the program that hosts it. */
public final class HostSafetyRules {
    private static final Set<String> CODE_LOADERS = Set.of(
            "java.lang.ProcessBuilder",
            "java.net.URLClassLoader",
            "java.io.ObjectInputStream",
            "java.beans.XMLDecoder",
            "javax.tools.ToolProvider");

    private static final Set<String> CODE_LOADING_CALLS =
            Set.of("defineClass", "defineHiddenClass", "activateDefaultTyping", "enableDefaultTyping");

    private HostSafetyRules() {}

    /**
     * No script engine, no child process, no class made from bytes, no Java deserialisation, no JSON that names classes.
     *
     * @param sandboxes full names of the packages and classes whose job it is, such as {@code dev.datastudio.cli.ShellCommand}
     */
    public static ArchRule runsNoForeignCode(Set<String> sandboxes) {
        return noClasses()
                .that(describe("are no sandbox", type -> !isSandboxed(type, sandboxes)))
                .should()
                .dependOnClassesThat(describe("load or run code", HostSafetyRules::loadsCode))
                .orShould()
                .callMethodWhere(describe("it loads or runs code", HostSafetyRules::callLoadsCode))
                .because("code is run in named sandboxes only")
                .allowEmptyShould(true);
    }

    /** Nothing is written to the console and no stack trace is printed: a host reads logs, not our prints. */
    public static ArchRule printsNothing() {
        return noClasses().should(ACCESS_STANDARD_STREAMS).because("the console belongs to the host program");
    }

    /** Logging goes through SLF4J, never through {@code java.util.logging}. */
    public static ArchRule logsThroughSlf4jOnly() {
        return noClasses()
                .that()
                .areNotAssignableTo(CommonDataSource.class)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.logging..")
                .because("the host program chooses its logging with SLF4J");
    }

    private static boolean isSandboxed(JavaClass type, Set<String> sandboxes) {
        return sandboxes.stream()
                .anyMatch(name -> type.getName().equals(name)
                        || type.getName().startsWith(name + ".")
                        || type.getName().startsWith(name + "$"));
    }

    private static boolean loadsCode(JavaClass type) {
        return CODE_LOADERS.contains(type.getName())
                || type.getPackageName().startsWith("javax.script")
                || type.getPackageName().startsWith("jdk.jshell");
    }

    private static boolean callLoadsCode(JavaMethodCall call) {
        String name = call.getTarget().getName();
        boolean execs = name.equals("exec") && call.getTargetOwner().isEquivalentTo(Runtime.class);
        return execs || CODE_LOADING_CALLS.contains(name);
    }
}
