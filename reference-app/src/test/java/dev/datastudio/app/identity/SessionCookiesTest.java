package dev.datastudio.app.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.datastudio.api.tenant.Caller;
import dev.datastudio.app.identity.account.AccessTokens;
import dev.datastudio.app.identity.account.Sessions;
import jakarta.servlet.http.Cookie;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class SessionCookiesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Caller ADA = new Caller("lab", "ada");

    private final SessionCookies cookies = new SessionCookies(() -> NOW);
    private final MockHttpServletRequest request = new MockHttpServletRequest();
    private final MockHttpServletResponse response = new MockHttpServletResponse();

    @Test
    void overTlsNoOtherHostOfTheDomainCanSetTheCookies() {
        request.setSecure(true);
        AccessTokens.Issued access =
                new AccessTokens.Issued("jwt", new AccessTokens.Claims(ADA, "session", 1, NOW.plusSeconds(600)));
        Sessions.Session session = new Sessions.Session(ADA, "session", 1, "refresh", NOW.plusSeconds(6000));

        cookies.write(request, response, access, session);
        CsrfGuard.giveNewToken(request, response);

        List<String> set = response.getHeaders("Set-Cookie");
        assertTrue(set.get(0).startsWith("__Host-studio=jwt; Path=/; Max-Age=600;"), set.get(0));
        assertTrue(
                set.get(1).startsWith("__Secure-studio-refresh=refresh; Path=/api/v1/auth; Max-Age=6000;"), set.get(1));
        assertTrue(set.get(2).startsWith("__Host-studio-csrf="), set.get(2));
        assertTrue(set.stream().allMatch(each -> each.contains("; Secure")), set.toString());
    }

    @Test
    void overTlsACookieWithoutThePrefixIsNone() {
        request.setSecure(true);
        request.setCookies(new Cookie("studio", "planted"), new Cookie("studio-refresh", "planted"));

        assertEquals(Optional.empty(), cookies.access(request));
        assertEquals(Optional.empty(), cookies.refresh(request));
    }
}
