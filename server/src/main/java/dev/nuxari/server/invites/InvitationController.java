package dev.nuxari.server.invites;

import dev.nuxari.kernel.ProblemException;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.api.ApiProblem;
import dev.nuxari.server.identity.LoginLuggage;
import dev.nuxari.server.invites.InviteLinks.Shown;
import dev.nuxari.server.tenancy.Origin;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** For whoever holds the link of an invitation's mail. The token is the bearer token (RFC 6750): addresses end up in logs. */
@RestController
@RequestMapping("/api/v1/invite")
class InvitationController {
    private static final String BEARER = "Bearer ";

    /** Whatever is wrong with a token, this is how long the answer takes: longer than any of the reasons. */
    private static final Duration REFUSALS_TAKE = Duration.ofMillis(250);

    private final InviteLinks links;
    private final LoginLuggage luggage;

    InvitationController(InviteLinks links, LoginLuggage luggage) {
        this.links = links;
        this.luggage = luggage;
    }

    /** Who invites to what. The address is not said: whoever it was sent to knows it. */
    record InvitationView(String organizationName, Role role, String invitedBy, Instant expiresAt) {
        static InvitationView of(Shown shown) {
            return new InvitationView(
                    shown.organizationName(),
                    shown.invite().role(),
                    shown.inviterName(),
                    shown.invite().expiresAt());
        }
    }

    /** Where the browser goes on: to set up the account, or to sign in. The membership comes after that. */
    record AcceptanceView(URI next) {}

    @GetMapping
    InvitationView showInvitation(
            HttpServletRequest request,
            @Parameter(hidden = true) @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable
                    String authorization) {
        return opened(() -> token(authorization).flatMap(token -> links.show(token, origin(request))))
                .map(InvitationView::of)
                .orElseThrow(InvitationController::refused);
    }

    @PostMapping("/acceptances")
    @ResponseStatus(HttpStatus.CREATED)
    AcceptanceView acceptInvitation(
            HttpServletRequest request,
            HttpServletResponse response,
            @Parameter(hidden = true) @RequestHeader(name = HttpHeaders.AUTHORIZATION, required = false) @Nullable
                    String authorization) {
        Optional<InviteToken> token = token(authorization);
        URI next = opened(() -> token.flatMap(given -> links.begin(given, origin(request))))
                .orElseThrow(InvitationController::refused);
        luggage.pack(response, token.orElseThrow().text());
        return new AcceptanceView(next);
    }

    private static Optional<InviteToken> token(@Nullable String authorization) {
        if (authorization == null) {
            throw new ProblemException(ApiProblem.UNAUTHENTICATED, "Bring the token of the invitation's mail.");
        }
        return authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? InviteToken.parse(authorization.substring(BEARER.length()).strip())
                : Optional.empty();
    }

    private static Origin origin(HttpServletRequest request) {
        return new Origin(request.getRemoteAddr(), null);
    }

    private static <T> Optional<T> opened(Supplier<Optional<T>> opening) {
        long since = System.nanoTime();
        Optional<T> opened = opening.get();
        if (opened.isEmpty()) {
            waitUntil(since + REFUSALS_TAKE.toNanos());
        }
        return opened;
    }

    private static void waitUntil(long nanoTime) {
        for (long rest = nanoTime - System.nanoTime(); rest > 0; rest = nanoTime - System.nanoTime()) {
            LockSupport.parkNanos(rest);
        }
    }

    private static ProblemException refused() {
        return new ProblemException(InviteProblem.INVITE_OPENS_NOTHING, InviteProblem.INVITE_OPENS_NOTHING.advice());
    }
}
