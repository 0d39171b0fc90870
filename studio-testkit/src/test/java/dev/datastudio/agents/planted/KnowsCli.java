package dev.datastudio.agents.planted;

import dev.datastudio.cli.planted.Command;

/** A planted arrow that points up. */
public class KnowsCli {
    public Command command() {
        return new Command();
    }
}
