package dev.nuxari.server.identity;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.audit.AuditEvent;
import dev.nuxari.server.audit.AuditEvent.Outcome;
import dev.nuxari.server.audit.AuditEvent.Target;
import dev.nuxari.server.audit.AuditLog;
import dev.nuxari.server.redaction.Redacted;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.tenancy.Origin;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Browser sessions: rows of the organization that somebody signed in to. Nothing is kept in memory. */
@Component
class Sessions {
    private static final String SYSTEM_ACTOR = "session";
    private static final String BROKER = "broker";

    /** SQLSTATE insufficient_privilege: there is no such organization, or it is not active. */
    private static final String NO_ENTRY = "42501";

    private static final Duration SEEN_EVERY = Duration.ofMinutes(1);

    private final OrganizationScope scope;
    private final SessionStore store;
    private final SessionSecrets secrets;
    private final Doorkeeper doorkeeper;
    private final AuditLog audit;
    private final Redactor redactor;
    private final SessionEvents events;
    private final IdentityConfig config;
    private final InstantSource clock;

    Sessions(
            OrganizationScope scope,
            SessionStore store,
            SessionSecrets secrets,
            Doorkeeper doorkeeper,
            AuditLog audit,
            Redactor redactor,
            IdentityConfig config,
            InstantSource clock) {
        this.audit = audit;
        this.redactor = redactor;
        this.events = new SessionEvents(redactor);
        this.scope = scope;
        this.store = store;
        this.secrets = secrets;
        this.doorkeeper = doorkeeper;
        this.config = config;
        this.clock = clock;
    }

    /** Begins a session and answers what the browser has to keep. */
    SessionSecret begin(OrganizationId organization, Caller caller, SignedIn signedIn) {
        SessionSecret secret = secrets.random(organization);
        Instant now = clock.instant();
        scope.run(organization, caller, () -> {
            SessionId session = store.insert(caller, secret, signedIn, now, now.plus(config.sessionMaxAge()));
            audit.append(AuditEvent.of(IdentityAction.SESSION_BEGIN, SessionEvents.target(session))
                    .metadata(means(signedIn)));
        });
        return secret;
    }

    /** What the browser kept, if it is a secret of ours. Nothing is looked up. */
    Optional<SessionSecret> recognize(String cookie) {
        return secrets.parse(cookie);
    }

    /** The open session of this secret. There is no caller yet, so the server looks by itself, in that one organization. */
    Optional<Session> find(SessionSecret secret) {
        Instant now = clock.instant();
        OrganizationId organization = secret.organization();
        try {
            return scope.reading(
                    organization,
                    doorkeeper.admitSystem(organization, SYSTEM_ACTOR),
                    () -> store.find(secret, now, now.minus(config.sessionIdleTimeout())));
        } catch (DataAccessException e) {
            mustBeNoEntry(e);
            return Optional.empty();
        }
    }

    /** Remembers that there was a sign of life, and from where; to the minute is enough. */
    void seen(Session session, Caller caller) {
        Instant now = clock.instant();
        if (session.lastSeenAt().isBefore(now.minus(SEEN_EVERY))) {
            scope.run(
                    session.organization(),
                    caller,
                    () -> store.seen(session.id(), caller.origin().ip(), now));
        }
    }

    /** Ends one that the organization's terms have ended. */
    void expire(Session session, Origin origin) {
        Caller server = doorkeeper.admitSystem(session.organization(), SYSTEM_ACTOR, origin);
        end(session.organization(), server, session.id());
    }

    /** Members in their open sessions. */
    List<SignedInMember> open(OrganizationId organization, Caller caller) {
        Instant now = clock.instant();
        return scope.reading(organization, caller, () -> store.open(now, now.minus(config.sessionIdleTimeout())));
    }

    void end(OrganizationId organization, Caller caller, SessionId session) {
        scope.run(
                organization,
                caller,
                () -> store.end(session, clock.instant())
                        .ifPresent(member -> audit.append(events.ended(session, member))));
    }

    /** Ends all sessions of a member; answers how many. Whoever asks for it says so in the audit log. */
    int endAll(OrganizationId organization, Caller caller, MemberId member) {
        return scope.within(
                organization,
                caller,
                () -> store.endAll(member, null, clock.instant()).size());
    }

    /**
     * Signs out whoever is not what they were: what they began as somebody else they do not go on with.
     *
     * @return what the event of the change says of it
     */
    Json.Obj endUnlessSame(OrganizationId organization, Caller caller, Member before, Member after) {
        boolean same = after.isActive() && after.role() == before.role();
        int ended = same ? 0 : endAll(organization, caller, after.id());
        return ended == 0 ? Json.object() : Json.object("sessionsEnded", ended);
    }

    /** Ends what the broker has ended, in each organization of the person. */
    void end(BrokerLogout logout) {
        for (OrganizationId organization : doorkeeper.organizationsOf(logout.subject())) {
            scope.run(
                    organization,
                    doorkeeper.admitSystem(organization, BROKER),
                    () -> store.end(logout, clock.instant())
                            .forEach(one -> audit.append(events.ended(one.session(), one.member()))));
        }
    }

    /** Somebody whom the broker knows wanted in, and is no active member. */
    void refused(OrganizationId organization, SignedIn signedIn) {
        Caller server = doorkeeper.admitSystem(organization, SYSTEM_ACTOR);
        try {
            scope.run(
                    organization,
                    server,
                    () -> audit.append(
                            AuditEvent.of(IdentityAction.SESSION_BEGIN, new Target("subject", signedIn.subject()))
                                    .outcome(Outcome.REFUSED)
                                    .metadata(means(signedIn))));
        } catch (DataAccessException e) {
            mustBeNoEntry(e);
        }
    }

    private Redacted means(SignedIn signedIn) {
        return redactor.redact(Json.object("acr", signedIn.acr(), "amr", signedIn.amr()));
    }

    private static void mustBeNoEntry(DataAccessException e) {
        boolean noEntry =
                e.getMostSpecificCause() instanceof SQLException refused && NO_ENTRY.equals(refused.getSQLState());
        if (!noEntry) {
            throw e;
        }
    }
}
