package dev.nuxari.server.identity;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.server.audit.AuditEvent;
import dev.nuxari.server.audit.AuditEvent.Outcome;
import dev.nuxari.server.audit.AuditEvent.Target;
import dev.nuxari.server.audit.AuditLog;
import dev.nuxari.server.redaction.Redacted;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import org.springframework.stereotype.Component;

/** The identity policy of each organization. */
@Component
public class IdentityPolicies {
    private final OrganizationScope scope;
    private final IdentityPolicyStore store;
    private final AuditLog audit;
    private final Redactor redactor;

    IdentityPolicies(OrganizationScope scope, IdentityPolicyStore store, AuditLog audit, Redactor redactor) {
        this.scope = scope;
        this.store = store;
        this.audit = audit;
        this.redactor = redactor;
    }

    public IdentityPolicy find(OrganizationId organization, Caller caller) {
        return scope.reading(organization, caller, store::find);
    }

    /**
     * Replaces the domains from which people are enrolled. Who is a member already stays one.
     *
     * @param seen the version that was looked at
     */
    public PolicyRuling change(OrganizationId organization, Caller caller, int seen, EmailDomains allowlist) {
        return scope.within(organization, caller, () -> {
            IdentityPolicy before = store.lock();
            PolicyRuling ruling = before.replacedBy(allowlist, seen);
            AuditEvent event = AuditEvent.of(
                    IdentityAction.IDENTITY_POLICY_CHANGE, new Target("identity-policy", organization.value()));
            switch (ruling) {
                case PolicyRuling.Accepted(IdentityPolicy after) -> {
                    store.save(after);
                    audit.append(event.change(redacted(before), redacted(after)));
                }
                case PolicyRuling.Stale _ ->
                    audit.append(event.outcome(Outcome.REFUSED)
                            .metadata(redactor.redact(Json.object("refusal", "stale-version"))));
            }
            return ruling;
        });
    }

    private Redacted redacted(IdentityPolicy policy) {
        return redactor.redact(Json.object(
                "emailDomainAllowlist", policy.emailDomainAllowlist().names().toList(), "version", policy.version()));
    }
}
