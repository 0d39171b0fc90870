package dev.datastudio.spring;

import dev.datastudio.api.tool.SideEffect;
import dev.datastudio.core.usage.Measure;
import dev.datastudio.core.usage.Window;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What can be set of Studio.
 *
 * @param workspace folder in which the studio keeps its data; made when it is not there
 * @param inMemory whether the workspace is a temporary one that is removed when the application ends
 * @param locale how numbers and dates are written in readings
 * @param timeZone zone that says when a day begins; that of the system unless set
 * @param auditing whether the audit log is told of what is done
 * @param caller whose data a request is about
 * @param sqlExecutor statements that people and models write
 * @param models language models
 * @param downloads files of the web that people import
 * @param sources databases that people connect
 * @param quotas how much may be used
 * @param jobs work in the background
 * @param retention for how long things are kept
 * @param graph runs of graphs
 * @param chat answers in conversations
 * @param tools tools of the application's beans
 * @param code code that models write
 * @param web the web, for agents
 * @param documents documents that people add
 * @param database PostgreSQL in place of the workspace's SQLite for what several instances share
 * @param chroma Chroma for the vectors of documents
 * @param neo4j Neo4j for the relations between tables
 */
@ConfigurationProperties("studio")
public record StudioProperties(
        @DefaultValue("studio-data") Path workspace,
        @DefaultValue("false") boolean inMemory,
        @DefaultValue("en-US") Locale locale,
        @Nullable ZoneId timeZone,
        @DefaultValue("true") boolean auditing,
        @DefaultValue Callers caller,
        @DefaultValue SqlExecutor sqlExecutor,
        @DefaultValue ModelEndpoints models,
        @DefaultValue Downloads downloads,
        @DefaultValue Sources sources,
        @DefaultValue Quotas quotas,
        @DefaultValue Jobs jobs,
        @DefaultValue Retention retention,
        @DefaultValue GraphLimits graph,
        @DefaultValue ChatAnswers chat,
        @DefaultValue BeanTools tools,
        @DefaultValue Code code,
        @DefaultValue Web web,
        @DefaultValue DocumentFiles documents,
        @DefaultValue Database database,
        @DefaultValue Chroma chroma,
        @DefaultValue Neo4j neo4j) {
    /**
     * Whose data a request is about.
     *
     * @param tenant organisation that everybody who signs in to the application belongs to, whose members see what is
     *     shared within it; unless set, everybody is alone in an organisation of their own
     */
    public record Callers(@DefaultValue("") String tenant) {}

    /**
     * Statements that people and models write.
     *
     * @param enabled whether they are run, through the gate; true unless set here or by ENABLE_SQL_EXECUTOR
     */
    public record SqlExecutor(@Nullable Boolean enabled) {}

    /**
     * Language models.
     *
     * @param reach where the services of models may be that people configure
     * @param allowedHosts hosts beside those where services of models may also be, on any port
     */
    public record ModelEndpoints(
            @DefaultValue("public-only") Reach reach,
            @DefaultValue List<String> allowedHosts) {}

    /**
     * Files of the web that people import.
     *
     * @param allowedHosts hosts beside the public internet's that files may be fetched from, on any port, such as a file
     *     server of the organisation
     */
    public record Downloads(@DefaultValue List<String> allowedHosts) {}

    /** Which addresses may be reached. */
    public enum Reach {
        /** Those of the public internet. */
        PUBLIC_ONLY,
        /** Also this machine's, for programs that only people of this machine use. */
        THIS_MACHINE
    }

    /**
     * Databases that people connect.
     *
     * @param hosts where they may be
     * @param fileFolders folders in which files of SQLite and DuckDB may be connected
     * @param dataSources names of the application's beans of type DataSource that people of all tenants may connect
     */
    public record Sources(
            @DefaultValue("any") Hosts hosts,
            @DefaultValue List<Path> fileFolders,
            @DefaultValue List<String> dataSources) {}

    /** Where databases may be. Addresses at which clouds keep their credentials are refused in any case. */
    public enum Hosts {
        /** Anywhere, also in private networks. */
        ANY,
        /** On the public internet only. */
        PUBLIC_ONLY
    }

    /**
     * How much may be used; nothing is limited or counted unless set.
     *
     * @param perUser the most that one person may use, by what is measured and the time it is measured in
     * @param perTenant the most that everybody of an organisation may use together, likewise
     * @param tokensPerJob how many tokens one job may use; 0 for any number
     */
    public record Quotas(
            @DefaultValue Map<Measure, Map<Window, Long>> perUser,
            @DefaultValue Map<Measure, Map<Window, Long>> perTenant,
            @DefaultValue("0") long tokensPerJob) {}

    /**
     * Work in the background.
     *
     * @param waitingPerTenant how many jobs of one organisation may wait, 1 to 1,000,000
     * @param keepFinished how long finished jobs are kept, 1 minute to 3,650 days
     */
    public record Jobs(
            @DefaultValue("1000") int waitingPerTenant,
            @DefaultValue("30d") Duration keepFinished) {}

    /**
     * For how long things are kept, of all organisations; what is older is deleted every night, as by hand. At least an hour
     * each.
     *
     * @param conversations after their last message; for ever unless set
     * @param runs of graphs and agents, after they ended; unless set, those of graphs as studio.graph.kept-for says and those
     *     of agents 7 days, each when another one begins
     * @param audit records of the audit log; for ever unless set
     * @param uploads files that were sent and not imported; unless set, a day or more, until their owner sends another one
     * @param jobs that have finished, with their results; as studio.jobs.keep-finished says unless set
     */
    public record Retention(
            @Nullable Duration conversations,
            @Nullable Duration runs,
            @Nullable Duration audit,
            @Nullable Duration uploads,
            @Nullable Duration jobs) {}

    /**
     * Runs of graphs.
     *
     * @param concurrentRuns how many runs of one organisation may go on at once in this process
     * @param maxSteps after how many super-steps a run is ended as endless
     * @param maxTime after how long a run is ended, not counting the time it waits for a person
     * @param maxTokens how many tokens of language models a run may use
     * @param keptRuns how many runs are kept of each graph and person
     * @param keptFor how long runs are kept
     */
    public record GraphLimits(
            @DefaultValue("20") int concurrentRuns,
            @DefaultValue("1000") long maxSteps,
            @DefaultValue("1h") Duration maxTime,
            @DefaultValue("2000000") long maxTokens,
            @DefaultValue("50") int keptRuns,
            @DefaultValue("30d") Duration keptFor) {}

    /**
     * Answers in conversations.
     *
     * @param concurrentAnswers how many answers of one organisation may be written at once in this process
     */
    public record ChatAnswers(@DefaultValue("50") int concurrentAnswers) {}

    /**
     * Tools of the application's beans.
     *
     * @param beans whether methods of beans with LangChain4j's annotation Tool become tools
     * @param sideEffect what such methods are taken to do unless they say it with the annotation ToolSideEffect; what
     *     does more than read runs only when somebody approves
     */
    public record BeanTools(
            @DefaultValue("true") boolean beans,
            @DefaultValue("external") SideEffect sideEffect) {}

    /**
     * Code that models write.
     *
     * @param enabled whether agents may run it, in Bubblewrap's sandbox, where that is installed
     */
    public record Code(@DefaultValue("false") boolean enabled) {}

    /**
     * The web, for agents.
     *
     * @param pages whether agents may read pages of the public web; an address that a model writes can carry what it has
     *     read to anybody's server
     */
    public record Web(@DefaultValue("false") boolean pages) {}

    /**
     * Documents that people add.
     *
     * @param extraction where their files are read
     */
    public record DocumentFiles(@DefaultValue("in-process") Extraction extraction) {}

    /** Where the files of documents are read. */
    public enum Extraction {
        /** In this process, within limits. */
        IN_PROCESS,
        /**
         * In a process of its own with a heap of its own, so that a hostile file harms nothing else. Needs the jars on
         * the class path as files, not inside one another.
         */
        CHILD_PROCESS
    }

    /**
     * PostgreSQL for what several instances share: settings, conversations, jobs, relations.
     *
     * @param url address as of JDBC, such as jdbc:postgresql://db.example.org/studio; nothing is used unless set
     * @param username whom to sign in as
     * @param password of that user
     * @param poolSize how many connections at most
     */
    public record Database(
            @DefaultValue("") String url,
            @DefaultValue("") String username,
            @DefaultValue("") String password,
            @DefaultValue("10") int poolSize) {
        /** Without the password. */
        @Override
        public String toString() {
            return "Database[username=" + username + ", poolSize=" + poolSize + "]";
        }
    }

    /**
     * Chroma for the vectors of documents; their words stay in the workspace.
     *
     * @param url address of the server, such as http://localhost:8000; nothing is used unless set
     * @param token sent as the header X-Chroma-Token
     * @param tenant tenant of Chroma that everything is in
     * @param databasePrefix what the names of Chroma's databases begin with
     */
    public record Chroma(
            @Nullable URI url,
            @DefaultValue("") String token,
            @DefaultValue("default_tenant") String tenant,
            @DefaultValue("studio") String databasePrefix) {
        /** Without the token. */
        @Override
        public String toString() {
            return "Chroma[url=" + url + ", tenant=" + tenant + ", databasePrefix=" + databasePrefix + "]";
        }
    }

    /**
     * Neo4j for the relations between tables.
     *
     * @param uri address of the server, such as bolt://localhost:7687; nothing is used unless set
     * @param username whom to sign in as; empty for a server that asks nobody
     * @param password of that user
     * @param database name of the database; that of the server unless set
     */
    public record Neo4j(
            @Nullable URI uri,
            @DefaultValue("") String username,
            @DefaultValue("") String password,
            @DefaultValue("") String database) {
        /** Without the password. */
        @Override
        public String toString() {
            return "Neo4j[uri=" + uri + ", username=" + username + ", database=" + database + "]";
        }
    }
}
