package dev.datastudio.core.job;

class SqliteJobQueueKillsTest extends JobQueueKills {
    @Override
    String location() {
        return folder.resolve("state.db").toString();
    }
}
