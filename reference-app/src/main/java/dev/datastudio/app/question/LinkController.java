package dev.datastudio.app.question;

import dev.datastudio.app.web.Open;
import dev.datastudio.core.Studio;
import dev.datastudio.core.link.LinkCall;
import dev.datastudio.core.link.LinkTransfer;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Serves signed links: whoever has one is let in by it, and by nothing else. */
@Controller
@Hidden
class LinkController {
    private final LinkTransfer transfer;

    LinkController(Studio studio, LinkSettings settings) {
        this.transfer = LinkTransfer.of(studio.links(), studio.artifacts(), settings.allowedOrigins());
    }

    @Open
    @RequestMapping(LinkTransfer.PATH + "**")
    void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        transfer.answer(new Call(request, response));
    }

    private record Call(HttpServletRequest request, HttpServletResponse response) implements LinkCall {
        @Override
        public String method() {
            return request.getMethod();
        }

        /** Whatever can't be written as a URL was never signed. */
        @Override
        public URI url() {
            String query = request.getQueryString();
            String target = request.getRequestURI() + (query == null ? "" : "?" + query);
            try {
                return URI.create(target);
            } catch (IllegalArgumentException e) {
                return URI.create(LinkTransfer.PATH);
            }
        }

        @Override
        public List<String> headers(String name) {
            return Collections.list(request.getHeaders(name));
        }

        @Override
        public InputStream body() throws IOException {
            return request.getInputStream();
        }

        @Override
        public void setHeader(String name, String value) {
            response.setHeader(name, value);
        }

        @Override
        public void addHeader(String name, String value) {
            response.addHeader(name, value);
        }

        @Override
        public OutputStream begin(int status, long length) throws IOException {
            response.setStatus(status);
            response.setContentLengthLong(length);
            return response.getOutputStream();
        }
    }
}
