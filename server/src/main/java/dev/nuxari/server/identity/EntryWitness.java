package dev.nuxari.server.identity;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.audit.AuditEvent;
import dev.nuxari.server.audit.AuditEvent.Outcome;
import dev.nuxari.server.audit.AuditEvent.Target;
import dev.nuxari.server.audit.AuditLog;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.tenancy.OrganizationScope;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Puts on record whom the terms kept out. The same thing of the same person is said once in a while, by each node: whoever
 * is kept out asks again and again, and is not to fill the log.
 */
@Component
class EntryWitness {
    private static final Duration ONCE_IN = Duration.ofMinutes(10);
    private static final int REMEMBERED = 10_000;
    private static final String SYSTEM_ACTOR = "session";

    private final ConcurrentMap<Said, Instant> said = new ConcurrentHashMap<>();
    private final OrganizationScope scope;
    private final Doorkeeper doorkeeper;
    private final AuditLog audit;
    private final Redactor redactor;
    private final InstantSource clock;

    EntryWitness(
            OrganizationScope scope, Doorkeeper doorkeeper, AuditLog audit, Redactor redactor, InstantSource clock) {
        this.scope = scope;
        this.doorkeeper = doorkeeper;
        this.audit = audit;
        this.redactor = redactor;
        this.clock = clock;
    }

    private record Said(OrganizationId organization, MemberId member, EntryRefusal why) {}

    void saw(Entry.Refused refused, Assurance assurance) {
        OrganizationId organization = refused.caller().organization();
        MemberId member = refused.caller().memberId();
        if (!isDue(new Said(organization, member, refused.why()))) {
            return;
        }
        scope.run(
                organization,
                doorkeeper.admitSystem(
                        organization, SYSTEM_ACTOR, refused.caller().origin()),
                () -> audit.append(AuditEvent.of(IdentityAction.MEMBER_ENTER, new Target("member", member.value()))
                        .outcome(Outcome.REFUSED)
                        .metadata(redactor.redact(particulars(refused.why(), assurance.method())))));
    }

    private static Json.Obj particulars(EntryRefusal why, @Nullable LoginMethod method) {
        Json.Obj particulars = Json.object("refusal", Spelling.of(why));
        return method == null ? particulars : particulars.with("loginMethod", Spelling.of(method));
    }

    private boolean isDue(Said what) {
        Instant now = clock.instant();
        if (said.size() >= REMEMBERED) {
            said.values().removeIf(last -> isOver(last, now));
        }
        if (said.size() >= REMEMBERED) {
            said.clear();
        }
        return said.compute(what, (_, last) -> last == null || isOver(last, now) ? now : last)
                .equals(now);
    }

    /** A clock that was set back does not keep the log silent. */
    private static boolean isOver(Instant last, Instant now) {
        return Duration.between(last, now).abs().compareTo(ONCE_IN) >= 0;
    }
}
