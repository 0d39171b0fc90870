package dev.datastudio.core.source.internal;

import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import dev.datastudio.core.source.SourceKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What the parts of a connection may be. Whatever a driver could read as an option, another host or a command is not
 * filtered out but not let in: names consist of a few kinds of characters, and settings come from a list.
 */
public record SpecRules(
        String name,
        SourceKind kind,
        String host,
        int port,
        String database,
        String user,
        Map<String, String> properties,
        Duration readTimeout,
        String schema,
        long rowLimit) {
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9._-]{0,251}[A-Za-z0-9_.])?");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f]{0,4}(:[0-9A-Fa-f]{0,4}){2,7}(\\.[0-9]{1,3}){0,3}");
    private static final Pattern DATABASE = Pattern.compile("[\\p{L}\\p{N}_][\\p{L}\\p{N}_$.-]{0,127}");
    private static final Pattern PATH = Pattern.compile("[^\\p{Cntrl};?&#%=@|<>\"*]{1,1024}");
    private static final Pattern TEXT = Pattern.compile("[^\\p{Cntrl}]{0,128}");
    private static final int MAX_NAME = 100;
    private static final int MAX_PORT = 65_535;
    private static final Duration MAX_TIMEOUT = Duration.ofHours(1);

    private static final Map<SourceKind, List<PropertyRule>> PROPERTIES = Map.of(
            SourceKind.POSTGRESQL,
            List.of(
                    PropertyRule.oneOf("sslmode", "disable", "allow", "prefer", "require", "verify-ca", "verify-full"),
                    PropertyRule.number("connectTimeout", 3, "seconds"),
                    PropertyRule.label("ApplicationName"),
                    PropertyRule.oneOf("targetServerType", "any", "primary", "secondary", "preferSecondary"),
                    PropertyRule.oneOf("channelBinding", "disable", "prefer", "require"),
                    PropertyRule.oneOf("gssEncMode", "disable", "allow", "prefer", "require")),
            SourceKind.MYSQL,
            List.of(
                    PropertyRule.oneOf("sslMode", "disable", "trust", "verify-ca", "verify-full"),
                    PropertyRule.number("connectTimeout", 6, "milliseconds"),
                    PropertyRule.oneOf("allowPublicKeyRetrieval", "true", "false")),
            SourceKind.SQLSERVER,
            List.of(
                    PropertyRule.oneOf("encrypt", "true", "false", "strict"),
                    PropertyRule.oneOf("trustServerCertificate", "true", "false"),
                    PropertyRule.host("hostNameInCertificate"),
                    PropertyRule.number("loginTimeout", 3, "seconds"),
                    PropertyRule.label("applicationName"),
                    PropertyRule.oneOf("multiSubnetFailover", "true", "false")),
            SourceKind.SQLITE,
            List.of(PropertyRule.number("busy_timeout", 5, "milliseconds")),
            SourceKind.DUCKDB,
            List.of(),
            SourceKind.HOST,
            List.of());

    /** The settings of a kind, each with what its value may be. */
    public static Map<String, String> allowedProperties(SourceKind kind) {
        Map<String, String> allowed = new LinkedHashMap<>();
        rules(kind).forEach(rule -> allowed.put(rule.name(), rule.words()));
        return allowed;
    }

    private static List<PropertyRule> rules(SourceKind kind) {
        return PROPERTIES.getOrDefault(kind, List.of());
    }

    /** @throws StudioException SOURCE_INVALID with all that is wrong */
    public void check() {
        List<String> wrong = new ArrayList<>();
        if (name.isBlank() || name.length() > MAX_NAME || !TEXT.matcher(name).matches()) {
            wrong.add("the name " + StudioException.quote(name) + " is not 1 to " + MAX_NAME + " printable characters");
        }
        checkPlace(wrong);
        checkText(wrong, "user", user);
        checkText(wrong, "schema", schema);
        if (!schema.isEmpty() && (kind == SourceKind.MYSQL || kind == SourceKind.SQLITE)) {
            wrong.add("the schema " + StudioException.quote(schema) + " is given, which " + kind + " does not have");
        }
        properties.forEach((property, value) -> checkProperty(wrong, property, value));
        if (readTimeout.compareTo(Duration.ofSeconds(1)) < 0 || readTimeout.compareTo(MAX_TIMEOUT) > 0) {
            wrong.add("the read timeout " + readTimeout + " is not 1 second to 1 hour");
        }
        if (rowLimit < 1) {
            wrong.add("the row limit " + rowLimit + " is not at least 1");
        }
        if (!wrong.isEmpty()) {
            throw new StudioException(
                    ErrorCode.SOURCE_INVALID,
                    "The source can't be reached that way: " + String.join("; ", wrong),
                    "Correct what is named; settings of " + kind + " are "
                            + allowedProperties(kind).keySet());
        }
    }

    private void checkPlace(List<String> wrong) {
        if (kind.isServer()) {
            if (!HOST.matcher(host).matches() && !IPV6.matcher(host).matches()) {
                wrong.add("the host " + StudioException.quote(host) + " is no host name or address");
            }
            if (port < 1 || port > MAX_PORT) {
                wrong.add("the port " + port + " is not 1 to " + MAX_PORT);
            }
        } else if (!host.isEmpty() || port != 0) {
            wrong.add("a host or port is given, which " + kind + " does not have");
        }
        Pattern rule = kind.isFile() ? PATH : DATABASE;
        if (!rule.matcher(database).matches()) {
            wrong.add((kind.isFile() ? "the file " : "the database ")
                    + StudioException.quote(database)
                    + (database.isEmpty() ? " is missing" : " has characters that are not allowed"));
        }
    }

    private static void checkText(List<String> wrong, String what, String text) {
        if (!TEXT.matcher(text).matches()) {
            wrong.add("the " + what + " " + StudioException.quote(text)
                    + " has control characters or more than 128 characters");
        }
    }

    private void checkProperty(List<String> wrong, String property, String value) {
        List<PropertyRule> known =
                rules(kind).stream().filter(r -> r.name().equals(property)).toList();
        if (known.isEmpty()) {
            wrong.add("the setting " + StudioException.quote(property) + " is not allowed");
        } else if (!known.get(0).allows(value)) {
            // The value is not shown: a password set in the wrong place must not come back in a message.
            wrong.add("the value of " + StudioException.quote(property) + " is not "
                    + known.get(0).words());
        }
    }
}
