package dev.datastudio.agents.web.internal;

import dev.datastudio.agents.web.SearchProvider;
import dev.datastudio.api.error.ErrorCode;
import dev.datastudio.api.error.StudioException;
import java.time.Duration;

/**
 * What is said when a search service fails. Never with a cause or with words of the service: both may hold the key,
 * which some services are given in the address.
 */
final class SearchFailures {
    private SearchFailures() {}

    static StudioException status(SearchProvider provider, int status) {
        if (status == 401 || status == 403) {
            return failed(
                    provider,
                    "does not accept the key (status " + status + ")",
                    "Configure the key that the service issued to you");
        } else if (status == 429) {
            return failed(
                    provider,
                    "has had too many searches (status 429)",
                    "Wait, or raise the limit of your account there");
        } else if (status >= 300 && status < 400) {
            return failed(
                    provider,
                    "answers with a redirect (status " + status + "), which is not followed",
                    "Check the address of the service");
        }
        return failed(provider, "answers with status " + status, "Try again later, or configure another service");
    }

    static StudioException unreachable(SearchProvider provider, Class<?> failure) {
        return failed(provider, "can't be reached: " + failure.getSimpleName(), "Check the network, then try again");
    }

    static StudioException unreadable(SearchProvider provider) {
        return failed(
                provider, "answers with something else than results", "Try again later, or configure another service");
    }

    static StudioException refused(SearchProvider provider) {
        return failed(provider, "answers with an error", "Check the key and the account there, and try other words");
    }

    static StudioException late(SearchProvider provider, Duration timeout) {
        return new StudioException(
                ErrorCode.LIMIT_EXCEEDED,
                "A search with " + provider.title() + " took longer than " + timeout.toMillis() + " ms",
                "Try again later, or configure another service");
    }

    static StudioException tooLong(SearchProvider provider, int maxBytes) {
        return new StudioException(
                ErrorCode.LIMIT_EXCEEDED,
                "The answer of " + provider.title() + " is larger than " + maxBytes + " bytes",
                "Search for something narrower");
    }

    private static StudioException failed(SearchProvider provider, String what, String mend) {
        return new StudioException(
                ErrorCode.TOOL_SERVER_FAILED, "The web search with " + provider.title() + " " + what, mend);
    }
}
