package dev.nuxari.server.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Before anybody is authenticated: sign-ins, share links, and requests that bring no credential, are counted by network address. */
@Component
@Order(AddressLimit.BEFORE_AUTHENTICATION)
class AddressLimit extends ProblemFilter {
    /** The security chain stands at -100. */
    static final int BEFORE_AUTHENTICATION = -200;

    private final RateLimits limits;

    AddressLimit(RateLimits limits, @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        super(problems);
        this.limits = limits;
    }

    @Override
    Optional<HttpServletRequest> admit(HttpServletRequest request, HttpServletResponse response) {
        boolean credential = request.getHeader(HttpHeaders.AUTHORIZATION) != null || request.getCookies() != null;
        if (!credential || isTried(request.getRequestURI())) {
            limits.count(request.getRemoteAddr());
        }
        return Optional.of(request);
    }

    /** Sign-ins, and tokens of share links, invitations, directories and enrolments, which anybody may write down. */
    private static boolean isTried(String path) {
        return Stream.of("/login", "/api/v1/share", "/api/v1/invite", "/scim/", "/agent/v1/keys", "/agent/v1/enroll")
                .anyMatch(path::startsWith);
    }
}
