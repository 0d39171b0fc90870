package dev.datastudio.agents.agent;

import java.util.Locale;
import java.util.Objects;

/**
 * An agent as an organisation has it. Immutable.
 *
 * @param spec what it is
 * @param origin where it comes from
 * @param version names the wording of its instructions, such as {@code data_analyst-1}; {@code program} for those of an
 *     agent that the program defined, {@code changed} for the organisation's own
 * @param revision 0 as long as it is as it came; 1 when the organisation changed or added it, one more with each change
 */
public record AgentConfig(AgentSpec spec, Origin origin, String version, long revision) {
    public AgentConfig {
        Objects.requireNonNull(spec, "spec");
        Objects.requireNonNull(origin, "origin");
        Objects.requireNonNull(version, "version");
    }

    /** Names it. */
    public String id() {
        return spec.id();
    }

    /** Whether the organisation changed what came with the studio or the program. */
    public boolean isChanged() {
        return revision > 0 && origin != Origin.ORGANISATION;
    }

    /** Where an agent comes from. */
    public enum Origin {
        /** With the studio. */
        BUILT_IN,
        /** The host program defined it. */
        PROGRAM,
        /** The organisation added it. */
        ORGANISATION;

        /** The name in JSON: lower case. */
        public String jsonName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
