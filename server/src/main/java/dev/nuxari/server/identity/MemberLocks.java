package dev.nuxari.server.identity;

import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.api.DependencyDown;
import dev.nuxari.server.audit.AuditEvent;
import dev.nuxari.server.audit.AuditEvent.Outcome;
import dev.nuxari.server.audit.AuditEvent.Target;
import dev.nuxari.server.audit.AuditLog;
import dev.nuxari.server.broker.BrokerAccounts;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * The broker locks an account after five wrong passwords, for half an hour. Administrators see that of their own members, and
 * end it; not more often than the broker would have forgotten the failures of one who guesses.
 */
@Component
class MemberLocks {
    /** So long an ended lock is the last one that is ended. */
    static final Duration PAUSE = Duration.ofMinutes(15);

    private final OrganizationScope scope;
    private final MemberStore store;
    private final BrokerAccounts accounts;
    private final AuditLog audit;
    private final InstantSource clock;

    MemberLocks(
            OrganizationScope scope, MemberStore store, BrokerAccounts accounts, AuditLog audit, InstantSource clock) {
        this.scope = scope;
        this.store = store;
        this.accounts = accounts;
        this.audit = audit;
        this.clock = clock;
    }

    /** Whether failed sign-ins keep the member out now; empty for nobody's id. */
    Optional<Boolean> isLocked(OrganizationId organization, Caller caller, MemberId member) {
        return scope.reading(organization, caller, () -> store.subject(member)).map(accounts::isLocked);
    }

    /**
     * Lets the member try again at once. It is on record before it is done, and once more if it could not be done.
     *
     * @throws DependencyDown if the broker does not do it; the next try may follow at once
     */
    UnlockRuling unlock(OrganizationId organization, Caller caller, MemberId member) {
        Instant now = clock.instant();
        Optional<String> subject = scope.reading(organization, caller, () -> store.subject(member));
        if (subject.isEmpty()) {
            return new UnlockRuling.Unknown();
        }
        boolean turn = scope.within(organization, caller, () -> {
            boolean taken = store.takeUnlock(member, now, now.minus(PAUSE));
            audit.append(taken ? event(member) : event(member).outcome(Outcome.REFUSED));
            return taken;
        });
        if (!turn) {
            return new UnlockRuling.TooSoon();
        }
        try {
            accounts.unlock(subject.get());
            return new UnlockRuling.Unlocked();
        } catch (DependencyDown e) {
            scope.run(organization, caller, () -> {
                store.takeUnlock(member, now.minus(PAUSE), now);
                audit.append(event(member).outcome(Outcome.FAILED));
            });
            throw e;
        }
    }

    private static AuditEvent event(MemberId member) {
        return AuditEvent.of(IdentityAction.MEMBER_UNLOCK, new Target("member", member.value()));
    }
}
