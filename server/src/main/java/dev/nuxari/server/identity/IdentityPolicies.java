package dev.nuxari.server.identity;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.audit.AuditEvent;
import dev.nuxari.server.audit.AuditEvent.Outcome;
import dev.nuxari.server.audit.AuditEvent.Target;
import dev.nuxari.server.audit.AuditLog;
import dev.nuxari.server.redaction.Redacted;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import java.time.InstantSource;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** The identity policy of each organization. */
@Component
public class IdentityPolicies {
    private final OrganizationScope scope;
    private final IdentityPolicyStore store;
    private final Sessions sessions;
    private final AuditLog audit;
    private final Redactor redactor;
    private final ApplicationEventPublisher events;
    private final InstantSource clock;

    IdentityPolicies(
            OrganizationScope scope,
            IdentityPolicyStore store,
            Sessions sessions,
            AuditLog audit,
            Redactor redactor,
            ApplicationEventPublisher events,
            InstantSource clock) {
        this.scope = scope;
        this.store = store;
        this.sessions = sessions;
        this.audit = audit;
        this.redactor = redactor;
        this.events = events;
        this.clock = clock;
    }

    public IdentityPolicy find(OrganizationId organization, Caller caller) {
        return scope.reading(organization, caller, store::find);
    }

    /** Whom the proposed policy would keep out, the caller included. Nothing changes. */
    Lockout preview(OrganizationId organization, Caller caller, Assurance assurance, IdentityPolicy proposed) {
        List<SignedInMember> signedIn = sessions.open(organization, caller);
        return Lockout.under(proposed.terms(), signedIn, lockout(caller, assurance, proposed), clock.instant());
    }

    private List<EntryRefusal> lockout(Caller caller, Assurance assurance, IdentityPolicy proposed) {
        return proposed.terms()
                .refusals(Entries.role(caller), Entries.read(caller.origin().ip()), assurance, clock.instant())
                .toList();
    }

    /**
     * Replaces the policy. Who is a member already stays one; whether they are let in is judged by the new terms from the next
     * request on.
     */
    PolicyRuling change(OrganizationId organization, Caller caller, Assurance assurance, PolicyChange change) {
        List<EntryRefusal> lockout = lockout(caller, assurance, change.proposed());
        return scope.within(organization, caller, () -> {
            IdentityPolicy before = store.lock();
            PolicyRuling ruling = before.replacedBy(change.proposed(), change.seen());
            if (ruling instanceof PolicyRuling.Accepted && !lockout.isEmpty() && !change.lockOutAccepted()) {
                ruling = new PolicyRuling.LocksOut(lockout);
            }
            AuditEvent event = AuditEvent.of(
                    IdentityAction.IDENTITY_POLICY_CHANGE, new Target("identity-policy", organization.value()));
            switch (ruling) {
                case PolicyRuling.Accepted(IdentityPolicy after) -> {
                    store.save(after);
                    audit.append(event.change(redacted(before), redacted(after)));
                    events.publishEvent(new IdentityPolicyChanged(organization, after.version()));
                }
                case PolicyRuling.Stale _ -> audit.append(refused(event, Json.object("refusal", "stale-version")));
                case PolicyRuling.LocksOut(List<EntryRefusal> because) ->
                    audit.append(refused(
                            event,
                            Json.object(
                                    "refusal",
                                    "locks-you-out",
                                    "because",
                                    because.stream().map(Spelling::of).toList())));
            }
            return ruling;
        });
    }

    private AuditEvent refused(AuditEvent event, Json.Obj particulars) {
        return event.outcome(Outcome.REFUSED).metadata(redactor.redact(particulars));
    }

    private Redacted redacted(IdentityPolicy policy) {
        return redactor.redact(policy.forEvent());
    }
}
