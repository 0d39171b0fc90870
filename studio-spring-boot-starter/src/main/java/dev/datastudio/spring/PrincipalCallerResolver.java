package dev.datastudio.spring;

import dev.datastudio.api.tenant.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Principal;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** Takes the name of the principal for the user. Thread-safe. */
final class PrincipalCallerResolver implements CallerResolver {
    /**
     * Names that are ids as they are. Ids become names of folders, and some file systems do not tell capitals from small
     * letters: those names are hashed, and so are those that begin as a hash does, so that no two names have one id.
     */
    private static final Pattern PLAIN = Pattern.compile("(?!h-)[a-z0-9][a-z0-9_-]{0,63}");

    private static final int HASH_DIGITS = 60;

    private final String tenant;

    /** @param tenant everybody's; empty for one of their own each */
    PrincipalCallerResolver(String tenant) {
        this.tenant = tenant.isBlank() ? "" : tenant.strip();
        if (!this.tenant.isEmpty()) {
            new Caller(this.tenant, "any"); // fails at the start rather than with the first request
        }
    }

    @Override
    public Optional<Caller> find(HttpServletRequest request) {
        return Optional.ofNullable(request.getUserPrincipal())
                .map(Principal::getName)
                .filter(name -> !name.isEmpty())
                .map(PrincipalCallerResolver::id)
                .map(user -> new Caller(tenant.isEmpty() ? user : tenant, user));
    }

    private static String id(String name) {
        return PLAIN.matcher(name).matches() ? name : "h-" + hash(name);
    }

    private static String hash(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
