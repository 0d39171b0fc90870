package dev.datastudio.graph.telemetry;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;

/** Optional libraries. */
final class Dependency {
    private Dependency() {}

    /** @throws StudioException with code DEPENDENCY_MISSING if the class is not on the class path */
    static void require(String className, String artifact, String user) {
        try {
            Class.forName(className, false, Dependency.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new StudioException(
                    ErrorCode.DEPENDENCY_MISSING,
                    user + " needs " + artifact + ", which is not on the class path",
                    "Add the dependency " + artifact,
                    e);
        }
    }
}
