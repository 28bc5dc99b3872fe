package dev.nuxari.server.api;

import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.ProblemException;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.ForeignOrganizationRefused;
import dev.nuxari.server.tenancy.TenancyProblem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * The middleware: compares the organization in the path with the one that the broker signed, and the caller's role with what
 * the route demands, before any handler runs. The authentication layer has named the caller by then.
 */
@Component
class RouteGuard implements HandlerInterceptor {
    private final Routes routes = Routes.all();
    private final ApplicationEventPublisher events;
    private final BiPredicate<Caller, @Nullable String> middleware;

    @Autowired
    RouteGuard(ApplicationEventPublisher events) {
        this(events, RouteGuard::isOwn);
    }

    /** For the tests that show the other layers hold without this one. */
    RouteGuard(ApplicationEventPublisher events, BiPredicate<Caller, @Nullable String> middleware) {
        this.events = events;
        this.middleware = middleware;
    }

    static boolean isOwn(Caller caller, @Nullable String organizationInPath) {
        return caller.organization().toString().equals(organizationInPath);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        String pattern = String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
        if (handler instanceof HandlerMethod) {
            Access access = routes.demanded(request.getMethod(), pattern)
                    .orElseThrow(() -> new ProblemException(
                            ApiProblem.METHOD_NOT_ALLOWED, "This address does not answer to " + request.getMethod()));
            check(access, request, pattern);
            return true;
        }
        if (routes.areFiles(pattern) && RouteCheck.servesFiles(handler)) {
            return true;
        }
        // Whatever it is, nobody has declared who may have it. The container's error page says so.
        response.sendError(HttpServletResponse.SC_NOT_FOUND);
        return false;
    }

    private void check(Access access, HttpServletRequest request, String pattern) {
        switch (access) {
            case Access.Anybody _ -> {}
            case Access.SignedIn(boolean sensitive) -> {
                caller(request);
                if (sensitive) {
                    mustHaveSteppedUp(request);
                }
            }
            case Access.LinkHolder _ -> mustHoldALink(request);
            case Access.Directory _ -> mustBeTheDirectory(request);
            case Access.Agent(boolean enrolled) -> mustBeAnAgent(request, enrolled);
            case Access.AnyOf demanded -> {
                Caller caller = caller(request);
                mustBeOwn(caller, organizationIn(request));
                if (!demanded.grantedTo(caller)) {
                    events.publishEvent(
                            new RequestRefused(caller, request.getMethod(), pattern, demanded.permissions()));
                    throw new ProblemException(ApiProblem.NOT_PERMITTED, notPermitted(caller, demanded));
                }
                if (demanded.sensitive()) {
                    mustHaveSteppedUp(request);
                }
            }
        }
    }

    private static void mustHaveSteppedUp(HttpServletRequest request) {
        Callers.stepUpOf(request).ifPresent(needed -> {
            throw needed.required(
                    ApiProblem.STEP_UP_REQUIRED,
                    "Show your second factor, then do it again. Your organization asks for that before sensitive actions.");
        });
    }

    private static void mustHoldALink(HttpServletRequest request) {
        if (Callers.of(request).filter(caller -> caller.id().isShare()).isEmpty()) {
            throw new ProblemException(ApiProblem.UNAUTHENTICATED, "Send the token of a share link as a bearer token.");
        }
    }

    /** Of another organization it looks like nobody: the path is said to be unknown before anybody asks who sent it. */
    private void mustBeTheDirectory(HttpServletRequest request) {
        Caller caller = Callers.of(request)
                .filter(named -> named.id().isSystem())
                .orElseThrow(() -> new ProblemException(
                        ApiProblem.UNAUTHENTICATED, "Send the token of a directory as a bearer token."));
        mustBeOwn(caller, organizationIn(request));
    }

    /** Who enrols is nobody yet; the server acts for them. */
    private static void mustBeAnAgent(HttpServletRequest request, boolean enrolled) {
        boolean known = Callers.of(request)
                .filter(caller -> enrolled ? caller.id().isAgent() : caller.id().isSystem())
                .isPresent();
        if (!known) {
            throw new ProblemException(
                    ApiProblem.UNAUTHENTICATED, "Send a token of an agent with a proof of its key (DPoP, RFC 9449).");
        }
    }

    private static Caller caller(HttpServletRequest request) {
        return Callers.of(request)
                .filter(caller -> caller.id().isMember())
                .orElseThrow(() -> new ProblemException(
                        ApiProblem.UNAUTHENTICATED, "Sign in first, or send a bearer token that is still valid."));
    }

    /** A mismatch looks like an unknown id. */
    private void mustBeOwn(Caller caller, @Nullable String organizationInPath) {
        if (middleware.test(caller, organizationInPath)) {
            return;
        }
        parsed(organizationInPath)
                .ifPresent(asked -> events.publishEvent(new ForeignOrganizationRefused(caller, asked)));
        throw new ProblemException(
                TenancyProblem.NO_SUCH_ORGANIZATION, "No organization of yours answers to this address.");
    }

    private static Optional<OrganizationId> parsed(@Nullable String organization) {
        try {
            return Optional.ofNullable(organization).map(UUID::fromString).map(OrganizationId::new);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static @Nullable String organizationIn(HttpServletRequest request) {
        return request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables
                        && variables.get("organizationId") instanceof String organization
                ? organization
                : null;
    }

    private static String notPermitted(Caller caller, Access.AnyOf demanded) {
        String permissions = String.join(
                " or ",
                demanded.permissions().stream()
                        .map(permission -> permission.spelled())
                        .sorted()
                        .toList());
        String role = caller.role().map(dev.nuxari.kernel.Spelling::of).orElse("none");
        return "This needs the permission %s; your role is %s.".formatted(permissions, role);
    }
}
