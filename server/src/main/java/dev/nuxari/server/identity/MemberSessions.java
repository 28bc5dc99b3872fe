package dev.nuxari.server.identity;

import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Page;
import dev.nuxari.server.api.PageRequest;
import dev.nuxari.server.audit.AuditEvent.Target;
import dev.nuxari.server.audit.AuditLog;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** In which browsers members are signed in, for themselves and for whoever manages them. */
@Component
class MemberSessions {
    private final OrganizationScope scope;
    private final MemberStore members;
    private final SessionStore store;
    private final AuditLog audit;
    private final SessionEvents events;
    private final IdentityConfig config;
    private final InstantSource clock;

    MemberSessions(
            OrganizationScope scope,
            MemberStore members,
            SessionStore store,
            AuditLog audit,
            Redactor redactor,
            IdentityConfig config,
            InstantSource clock) {
        this.scope = scope;
        this.members = members;
        this.store = store;
        this.audit = audit;
        this.events = new SessionEvents(redactor);
        this.config = config;
        this.clock = clock;
    }

    /** The open ones, newest first; empty for an unknown member, and for one whose sessions the caller may not see. */
    Optional<Page<OpenedSession>> list(OrganizationId organization, Caller caller, MemberId member, PageRequest page) {
        Instant now = clock.instant();
        return scope.reading(
                organization,
                caller,
                () -> members.find(member)
                        .filter(_ -> SessionRule.permitsToSee(Entries.role(caller), isOwn(caller, member)))
                        .map(_ -> Page.cut(
                                store.open(member, now, now.minus(config.sessionIdleTimeout()), page),
                                page.limit(),
                                session -> session.id().toString())));
    }

    /** Ends one, and audits it; a refusal too. */
    SessionsRuling end(OrganizationId organization, Caller caller, MemberId member, SessionId session) {
        return end(
                organization,
                caller,
                member,
                SessionEvents.target(session),
                () -> store.end(member, session, clock.instant()));
    }

    /**
     * Ends all of a member's.
     *
     * @param but the one that stays, if it is the member's
     */
    SessionsRuling endAll(OrganizationId organization, Caller caller, MemberId member, @Nullable SessionId but) {
        return end(
                organization,
                caller,
                member,
                new Target("member", member.value()),
                () -> store.endAll(member, but, clock.instant()));
    }

    private SessionsRuling end(
            OrganizationId organization,
            Caller caller,
            MemberId member,
            Target asked,
            Supplier<List<SessionId>> ending) {
        return scope.within(organization, caller, () -> {
            Optional<MemberRefusal> refusal = members.find(member)
                    .map(found -> SessionRule.againstEnding(Entries.role(caller), found.role(), isOwn(caller, member)))
                    .orElse(Optional.of(MemberRefusal.NO_SUCH_MEMBER));
            if (refusal.isPresent()) {
                audit.append(events.refused(asked, member, refusal.get()));
                return new SessionsRuling.Refused(refusal.get());
            }
            List<SessionId> ended = ending.get();
            ended.forEach(session -> audit.append(events.ended(session, member)));
            return new SessionsRuling.Ended(ended);
        });
    }

    private static boolean isOwn(Caller caller, MemberId member) {
        return caller.memberId().equals(member);
    }
}
