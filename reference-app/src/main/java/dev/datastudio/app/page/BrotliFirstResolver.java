package dev.datastudio.app.page;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.util.StringUtils;
import org.springframework.web.servlet.resource.EncodedResourceResolver;
import org.springframework.web.servlet.resource.ResourceResolverChain;

/**
 * Sends files in Brotli to all who take it. Spring sends what stands first in {@code Accept-Encoding}, which is gzip in what
 * browsers say, although they like both as much. Thread-safe.
 */
final class BrotliFirstResolver extends EncodedResourceResolver {
    private static final String BROTLI = "br";

    @Override
    protected @Nullable Resource resolveResourceInternal(
            @Nullable HttpServletRequest request,
            String path,
            List<? extends Resource> locations,
            ResourceResolverChain chain) {
        return super.resolveResourceInternal(request == null ? null : new BrotliFirst(request), path, locations, chain);
    }

    private static final class BrotliFirst extends HttpServletRequestWrapper {
        BrotliFirst(HttpServletRequest request) {
            super(request);
        }

        @Override
        public @Nullable String getHeader(String name) {
            String value = super.getHeader(name);
            boolean takesBrotli = value != null
                    && name.equalsIgnoreCase(HttpHeaders.ACCEPT_ENCODING)
                    && List.of(StringUtils.tokenizeToStringArray(value, ",")).contains(BROTLI);
            return takesBrotli ? BROTLI + ", " + value : value;
        }
    }
}
