package dev.nuxari.server.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.ProblemException;
import dev.nuxari.kernel.Sha256;
import dev.nuxari.server.api.Idempotency.Reply;
import dev.nuxari.server.api.RequestLimits.ReadRequest;
import dev.nuxari.server.tenancy.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.util.ContentCachingResponseWrapper;

/** {@code Idempotency-Key} on every POST below an organization: the second time, the first answer is given again. */
@Component
@Order(RequestLimits.AFTER_AUTHENTICATION + 1)
class IdempotencyFilter extends ProblemFilter {
    static final String HEADER = "Idempotency-Key";
    static final String REPLAYED = "Idempotency-Replayed";
    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{1,128}");

    /** Answers that say nothing about the request itself: whoever gets one may try again with the same key. */
    private static final Set<Integer> PASSING = Set.of(401, 409, 429);

    private final Idempotency idempotency;

    IdempotencyFilter(
            Idempotency idempotency, @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        super(problems);
        this.idempotency = idempotency;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getMethod().equals("POST")
                || request.getHeader(HEADER) == null
                || callerOfThePath(request).isEmpty();
    }

    @Override
    Optional<HttpServletRequest> admit(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!FORM.matcher(request.getHeader(HEADER)).matches()) {
            throw new ProblemException(
                    ApiProblem.INVALID_HEADER, "An Idempotency-Key has 1 to 128 visible ASCII characters.");
        }
        Optional<Reply> before = idempotency.begin(caller(request), key(request), requestHash(request));
        if (before.isPresent()) {
            replay(before.get(), response);
            return Optional.empty();
        }
        return Optional.of(request);
    }

    @Override
    void proceed(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Caller caller = caller(request);
        String key = key(request);
        var recorded = new ContentCachingResponseWrapper(response);
        boolean answered = false;
        try {
            chain.doFilter(request, recorded);
            answered = saysSomething(recorded);
            if (answered) {
                idempotency.complete(caller, key, reply(request, recorded));
            }
        } finally {
            if (!answered) {
                idempotency.release(caller, key);
            }
        }
        recorded.copyBodyToResponse();
    }

    /** To be asked for a second factor says nothing about the request either: it is sent again, with one. */
    private static boolean saysSomething(HttpServletResponse response) {
        return response.getStatus() < 500
                && !PASSING.contains(response.getStatus())
                && response.getHeader(HttpHeaders.WWW_AUTHENTICATE) == null;
    }

    /** A caller of another organization is refused later, as if there were no key. */
    private static Optional<Caller> callerOfThePath(HttpServletRequest request) {
        return Callers.of(request)
                .filter(caller -> caller.id().isMember())
                .filter(caller ->
                        request.getRequestURI().startsWith("/api/v1/organizations/" + caller.organization() + "/"));
    }

    private static Caller caller(HttpServletRequest request) {
        return callerOfThePath(request).orElseThrow();
    }

    /** What is kept of the key: some send a secret as one. */
    private static String key(HttpServletRequest request) {
        return Sha256.hexOf(request.getHeader(HEADER).getBytes(UTF_8));
    }

    private static String requestHash(HttpServletRequest request) {
        byte[] body = request instanceof ReadRequest read ? read.body() : new byte[0];
        return Sha256.hexOf((request.getMethod() + " " + request.getRequestURI() + "\n").getBytes(UTF_8), body);
    }

    private static Reply reply(HttpServletRequest request, ContentCachingResponseWrapper response) {
        return new Reply(
                response.getStatus(),
                response.getContentType(),
                response.getHeader(HttpHeaders.LOCATION),
                response.getHeader(HttpHeaders.ETAG),
                ShownOnce.withoutSecret(request, response.getContentAsByteArray()));
    }

    private static void replay(Reply reply, HttpServletResponse response) throws IOException {
        response.setStatus(reply.status());
        response.setHeader(REPLAYED, "true");
        if (reply.contentType() != null) {
            response.setContentType(reply.contentType());
        }
        if (reply.location() != null) {
            response.setHeader(HttpHeaders.LOCATION, reply.location());
        }
        if (reply.eTag() != null) {
            response.setHeader(HttpHeaders.ETAG, reply.eTag());
        }
        response.getOutputStream().write(reply.body());
    }
}
