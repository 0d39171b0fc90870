package dev.datastudio.app.page;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.resource.ResourceResolver;
import org.springframework.web.servlet.resource.ResourceResolverChain;

/**
 * Answers a browser that opens an address inside the pages, such as {@code /datasets/ID}, with their HTML file: the page
 * reads the address itself. Addresses of the API and of files stay not found. Thread-safe.
 */
final class PageResolver implements ResourceResolver {
    private static final String PAGE = "index.html";
    private static final Set<String> NO_PAGES =
            Set.of("api", "ws", "links", "assets", "actuator", "webjars", "studio", "mcp", "a2a", "upload", "ask");

    @Override
    public @Nullable Resource resolveResource(
            @Nullable HttpServletRequest request,
            String path,
            List<? extends Resource> locations,
            ResourceResolverChain chain) {
        Resource file = chain.resolveResource(request, path, locations);
        if (file != null || request == null || !isPage(request, path)) {
            return file;
        }
        return chain.resolveResource(request, PAGE, locations);
    }

    private static boolean isPage(HttpServletRequest request, String path) {
        String accepted = request.getHeader(HttpHeaders.ACCEPT);
        String first = path.split("/", 2)[0];
        String last = path.substring(path.lastIndexOf('/') + 1);
        return accepted != null && accepted.contains("text/html") && !NO_PAGES.contains(first) && !last.contains(".");
    }

    @Override
    public @Nullable String resolveUrlPath(
            String path, List<? extends Resource> locations, ResourceResolverChain chain) {
        return chain.resolveUrlPath(path, locations);
    }
}
