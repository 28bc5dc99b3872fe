package dev.nuxari.server.identity;

import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.ProblemException;
import dev.nuxari.server.api.PageRequest;
import dev.nuxari.server.api.PageView;
import dev.nuxari.server.tenancy.Caller;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/organizations/{organizationId}/members/{memberId}")
class MemberSessionController {
    private final MemberSessions sessions;

    MemberSessionController(MemberSessions sessions) {
        this.sessions = sessions;
    }

    /**
     * A browser in which the member is signed in.
     *
     * @param lastSeenAt to the minute
     * @param current whether this very request came from it
     */
    record SessionView(
            SessionId id,
            Instant begunAt,
            @Nullable Instant lastSeenAt,
            Instant expiresAt,
            @Nullable String address,
            @Nullable LoginMethod method,
            boolean secondFactor,
            boolean current) {
        static SessionView of(OpenedSession session, @Nullable SessionId current) {
            Assurance assurance = session.assurance();
            return new SessionView(
                    session.id(),
                    session.begunAt(),
                    assurance.lastSeenAt(),
                    session.expiresAt(),
                    session.address(),
                    assurance.method(),
                    assurance.isMfa(),
                    session.id().equals(current));
        }
    }

    /** With keepCurrent the session stays that this request came from. */
    record NewSignOut(@Nullable Boolean keepCurrent) {}

    /** So many sessions were open, and are not any more. */
    record SignOutView(int ended) {}

    @GetMapping("/sessions")
    PageView<SessionView> listSessions(
            @PathVariable OrganizationId organizationId,
            @PathVariable MemberId memberId,
            Caller caller,
            PageRequest page,
            @RequestAttribute(Authentication.ATTRIBUTE) Authentication authentication) {
        SessionId current = current(authentication);
        return sessions.list(organizationId, caller, memberId, page)
                .map(found -> PageView.of(found, session -> SessionView.of(session, current)))
                .orElseThrow(() -> problem(MemberRefusal.NO_SUCH_MEMBER));
    }

    @DeleteMapping("/sessions/{sessionId}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void endSession(
            @PathVariable OrganizationId organizationId,
            @PathVariable MemberId memberId,
            @PathVariable SessionId sessionId,
            Caller caller) {
        if (ended(sessions.end(organizationId, caller, memberId, sessionId)).isEmpty()) {
            throw new ProblemException(IdentityProblem.NO_SUCH_SESSION, "It may have ended. Look at the list.");
        }
    }

    @PostMapping("/sign-outs")
    @ResponseStatus(HttpStatus.CREATED)
    SignOutView signOutMember(
            @PathVariable OrganizationId organizationId,
            @PathVariable MemberId memberId,
            @RequestBody NewSignOut wanted,
            Caller caller,
            @RequestAttribute(Authentication.ATTRIBUTE) Authentication authentication) {
        SessionId but = Boolean.TRUE.equals(wanted.keepCurrent()) ? current(authentication) : null;
        return new SignOutView(
                ended(sessions.endAll(organizationId, caller, memberId, but)).size());
    }

    private static List<SessionId> ended(SessionsRuling ruling) {
        return switch (ruling) {
            case SessionsRuling.Ended(List<SessionId> ended) -> ended;
            case SessionsRuling.Refused(MemberRefusal refusal) -> throw problem(refusal);
        };
    }

    private static @Nullable SessionId current(Authentication authentication) {
        return authentication.openSession().map(open -> open.row().id()).orElse(null);
    }

    private static ProblemException problem(MemberRefusal refusal) {
        return new ProblemException(refusal, refusal.advice());
    }
}
