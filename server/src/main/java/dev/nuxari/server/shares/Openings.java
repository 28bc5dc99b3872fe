package dev.nuxari.server.shares;

import dev.nuxari.kernel.ActorId;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.ProblemException;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.api.ApiProblem;
import dev.nuxari.server.api.PageRequest;
import dev.nuxari.server.audit.AuditEvent;
import dev.nuxari.server.audit.AuditEvent.Outcome;
import dev.nuxari.server.audit.AuditFilter;
import dev.nuxari.server.audit.AuditLog;
import dev.nuxari.server.audit.AuditSearch;
import dev.nuxari.server.audit.AuditTrail.Recorded;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.shares.Share.Opening;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.tenancy.ShareAdmission;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/**
 * Lets in whoever holds a link, anew for each request, and puts on record who came and who was refused. What is on record is
 * limited, so that nobody fills the log of an organization with a link of theirs.
 */
@Component
class Openings {
    /** So many events of one link in {@link #COUNTED}, whatever they are; beyond that it waits. */
    private static final int MOST_EVENTS = 10;

    /** For so long the same network is the same visitor. */
    private static final Duration COUNTED = Duration.ofMinutes(1);

    private static final String SYSTEM_ACTOR = "share";

    /** SQLSTATE insufficient_privilege: the door has closed in the meantime. */
    private static final String NO_ENTRY = "42501";

    private final OrganizationScope scope;
    private final ShareStore store;
    private final Doorkeeper doorkeeper;
    private final AuditSearch search;
    private final AuditLog audit;
    private final Redactor redactor;
    private final InstantSource clock;

    Openings(
            OrganizationScope scope,
            ShareStore store,
            Doorkeeper doorkeeper,
            AuditSearch search,
            AuditLog audit,
            Redactor redactor,
            InstantSource clock) {
        this.scope = scope;
        this.store = store;
        this.doorkeeper = doorkeeper;
        this.search = search;
        this.audit = audit;
        this.redactor = redactor;
        this.clock = clock;
    }

    /**
     * Answers the caller that the token makes; empty if it opens nothing, and why is nobody's business but the organization's.
     *
     * @throws ProblemException if the link was used too often in the last minute
     */
    Optional<Caller> admit(ShareToken token, Visitor visitor) {
        try {
            return switch (doorkeeper.admitShare(token.organization(), token.hash(), visitor.origin())) {
                case ShareAdmission.Unknown _ -> Optional.empty();
                case ShareAdmission.Refused(UUID share, String reason) -> {
                    refuse(token.organization(), share, reason, visitor);
                    yield Optional.empty();
                }
                case ShareAdmission.Admitted(UUID share, Caller caller) -> open(share, caller, visitor);
            };
        } catch (DataAccessException e) {
            boolean noEntry =
                    e.getMostSpecificCause() instanceof SQLException refused && NO_ENTRY.equals(refused.getSQLState());
            if (!noEntry) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private Optional<Caller> open(UUID id, Caller caller, Visitor visitor) {
        Opening opening = scope.within(caller.organization(), caller, () -> openWithin(id, caller, visitor));
        if (opening instanceof Opening.Refused(Share.State because)) {
            refuse(caller.organization(), id, Spelling.of(because), visitor);
            return Optional.empty();
        }
        return Optional.of(caller);
    }

    private Opening openWithin(UUID id, Caller caller, Visitor visitor) {
        Instant now = clock.instant();
        Opening opening = store.lock(id).orElseThrow().open(now);
        if (opening instanceof Opening.Refused) {
            return opening;
        }
        if (opening instanceof Opening.Begun begun) {
            store.begin(id, begun);
        }
        List<Recorded> lately = lately(id, caller, now);
        if (lately.size() >= MOST_EVENTS) {
            throw new ProblemException(
                    ApiProblem.RATE_LIMITED, "This link was used too often in the last minute. Wait a minute.");
        }
        if (lately.stream().noneMatch(event -> isBy(visitor, event))) {
            audit.append(AuditEvent.of(ShareAction.SHARE_OPEN, Shares.target(id))
                    .metadata(redactor.redact(Json.object("userAgent", visitor.userAgent()))));
        }
        return opening;
    }

    private List<Recorded> lately(UUID id, Caller caller, Instant now) {
        AuditFilter own = AuditFilter.by(ActorId.share(id)).since(now.minus(COUNTED));
        return search.list(caller.organization(), caller, own, new PageRequest(MOST_EVENTS, null))
                .items();
    }

    private static boolean isBy(Visitor visitor, Recorded recorded) {
        return recorded.event().string("action").equals(ShareAction.SHARE_OPEN.spelled())
                && recorded.event()
                        .object("actor")
                        .optionalString("ip")
                        .orElse("")
                        .equals(visitor.network());
    }

    private void refuse(OrganizationId organization, UUID id, String reason, Visitor visitor) {
        Caller witness = doorkeeper.admitSystem(organization, SYSTEM_ACTOR, visitor.origin());
        scope.run(organization, witness, () -> {
            if (store.refuse(id, clock.instant())) {
                audit.append(AuditEvent.of(ShareAction.SHARE_OPEN, Shares.target(id))
                        .outcome(Outcome.REFUSED)
                        .metadata(redactor.redact(Json.object("reason", reason, "userAgent", visitor.userAgent()))));
            }
        });
    }
}
