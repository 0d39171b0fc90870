package dev.datastudio.testkit.architecture.internal;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import java.util.stream.Stream;

/** The types that a class shows to those who use or extend it. */
public final class Signatures {
    private Signatures() {}

    /**
     * One place that shows one type.
     *
     * @param where the class or member, with its full name
     * @param named the type it names, arrays and generics taken apart
     */
    public record Mention(String where, JavaClass named) {}

    /** Every type that the declaration and the public and protected members of a class name. */
    public static Stream<Mention> of(JavaClass type) {
        Stream<JavaType> declaration = Stream.of(
                        type.getTypeParameters().stream(), type.getSuperclass().stream(), type.getInterfaces().stream())
                .flatMap(types -> types);
        Stream<JavaMember> members = Stream.concat(type.getFields().stream(), type.getCodeUnits().stream());
        return Stream.concat(
                mentions(type.getName(), declaration),
                members.filter(Signatures::isShown).flatMap(member -> mentions(member.getFullName(), typesOf(member))));
    }

    private static boolean isShown(JavaMember member) {
        return member.getModifiers().contains(JavaModifier.PUBLIC)
                || member.getModifiers().contains(JavaModifier.PROTECTED);
    }

    private static Stream<JavaType> typesOf(JavaMember member) {
        if (member instanceof JavaCodeUnit code) {
            return Stream.of(
                            code.getTypeParameters().stream(),
                            code.getParameterTypes().stream(),
                            code.getThrowsClause().getTypes().stream(),
                            Stream.of(code.getReturnType()))
                    .flatMap(types -> types);
        }
        return member.getAllInvolvedRawTypes().stream().map(JavaType.class::cast);
    }

    private static Stream<Mention> mentions(String where, Stream<JavaType> types) {
        return types.flatMap(type -> type.getAllInvolvedRawTypes().stream()).map(named -> new Mention(where, named));
    }
}
