package dev.nuxari.server.api;

import dev.nuxari.kernel.ProblemException;
import dev.nuxari.server.tenancy.Caller;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * After the caller is known: how often they ask, and how much they send. The body is read here, once and no further than the
 * limit, whatever its length is said to be.
 */
@Component
@Order(RequestLimits.AFTER_AUTHENTICATION)
class RequestLimits extends ProblemFilter {
    static final int AFTER_AUTHENTICATION = 0;
    private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private final RateLimits limits;
    private final int longest;

    RequestLimits(
            RateLimits limits,
            ApiConfig config,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        super(problems);
        this.limits = limits;
        this.longest = Math.toIntExact(config.bodyLimit().toBytes());
    }

    /** Whoever sends requests: members, holders of links, agents, and directories, which speak through a door of the server. */
    private static boolean isFromOutside(Caller caller) {
        return caller.id().isMember()
                || caller.id().isShare()
                || caller.id().isAgent()
                || caller.id().id().startsWith("scim/");
    }

    @Override
    Optional<HttpServletRequest> admit(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Callers.of(request).filter(RequestLimits::isFromOutside).ifPresent(limits::count);
        return Optional.of(WITHOUT_BODY.contains(request.getMethod()) ? request : read(request));
    }

    private HttpServletRequest read(HttpServletRequest request) throws IOException {
        if (request.getContentLengthLong() > longest) {
            throw tooLarge();
        }
        byte[] body = request.getInputStream().readNBytes(longest + 1);
        if (body.length > longest) {
            throw tooLarge();
        }
        return new ReadRequest(request, body);
    }

    private ProblemException tooLarge() {
        return new ProblemException(ApiProblem.BODY_TOO_LARGE, "A body has at most %d bytes.".formatted(longest));
    }

    /** A request whose body has been read. */
    static final class ReadRequest extends HttpServletRequestWrapper {
        private final byte[] body;

        private ReadRequest(HttpServletRequest request, byte[] body) {
            super(request);
            this.body = body;
        }

        byte[] body() {
            return body.clone();
        }

        @Override
        public ServletInputStream getInputStream() {
            return new Body(new ByteArrayInputStream(body));
        }

        @Override
        public BufferedReader getReader() {
            return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
        }

        @Override
        public int getContentLength() {
            return body.length;
        }

        @Override
        public long getContentLengthLong() {
            return body.length;
        }
    }

    private static final class Body extends ServletInputStream {
        private final ByteArrayInputStream bytes;

        private Body(ByteArrayInputStream bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            return bytes.read(target, offset, length);
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException("the body is read already");
        }
    }
}
