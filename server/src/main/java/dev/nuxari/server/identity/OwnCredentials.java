package dev.nuxari.server.identity;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.api.DependencyDown;
import dev.nuxari.server.audit.AuditEvent;
import dev.nuxari.server.audit.AuditEvent.Outcome;
import dev.nuxari.server.audit.AuditEvent.Target;
import dev.nuxari.server.audit.AuditLog;
import dev.nuxari.server.broker.BrokerAccounts;
import dev.nuxari.server.broker.BrokerCredential;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * With what somebody signs in: they see it, and take away what they have lost. An account has nothing but its own person's
 * word for what belongs to it, so nobody else does that for them here.
 */
@Component
class OwnCredentials {
    private final OrganizationScope scope;
    private final IdentityPolicies policies;
    private final SessionStore sessions;
    private final BrokerAccounts accounts;
    private final AuditLog audit;
    private final Redactor redactor;
    private final InstantSource clock;

    OwnCredentials(
            OrganizationScope scope,
            IdentityPolicies policies,
            SessionStore sessions,
            BrokerAccounts accounts,
            AuditLog audit,
            Redactor redactor,
            InstantSource clock) {
        this.scope = scope;
        this.policies = policies;
        this.sessions = sessions;
        this.accounts = accounts;
        this.audit = audit;
        this.redactor = redactor;
        this.clock = clock;
    }

    /** The oldest first. */
    List<BrokerCredential> list(Caller caller) {
        return accounts.credentials(caller.subject());
    }

    /**
     * Removes one, and signs the person out everywhere else: whoever had the lost device may have signed in with it. It is on
     * record before it is done, and once more if it could not be done. Two who remove the last two factors at once may both
     * succeed; then the next sign-in demands a new one.
     *
     * @param session from which the wish came, which stays; null for a program
     * @throws DependencyDown if the broker does not do it
     */
    CredentialRule.Ruling remove(Caller caller, String id, @Nullable SessionId session) {
        OrganizationId organization = caller.organization();
        boolean demanded =
                policies.find(organization, caller).terms().mfaRequired().of(Entries.role(caller));
        CredentialRule.Ruling ruling = CredentialRule.judge(
                accounts.credentials(caller.subject()), id, demanded, accounts.isFederated(caller.subject()));
        Optional<String> kept = scope.within(organization, caller, () -> recorded(caller, ruling, session));
        if (ruling instanceof CredentialRule.Ruling.Accepted(BrokerCredential credential)) {
            try {
                accounts.forget(caller.subject(), credential);
                accounts.signOut(caller.subject(), kept);
            } catch (DependencyDown e) {
                scope.run(
                        organization,
                        caller,
                        () -> audit.append(
                                event(caller, credential, Json.object()).outcome(Outcome.FAILED)));
                throw e;
            }
        }
        return ruling;
    }

    /** Answers which of the broker's sessions stays. */
    private Optional<String> recorded(Caller caller, CredentialRule.Ruling ruling, @Nullable SessionId session) {
        return switch (ruling) {
            case CredentialRule.Ruling.Accepted(BrokerCredential credential) -> {
                int ended = sessions.endAll(caller.memberId(), session, clock.instant())
                        .size();
                audit.append(event(caller, credential, Json.object("sessionsEnded", ended)));
                yield session == null ? Optional.empty() : sessions.atBroker(session);
            }
            case CredentialRule.Ruling.Refused(IdentityProblem why) -> {
                audit.append(AuditEvent.of(IdentityAction.CREDENTIAL_REMOVE, target(caller))
                        .outcome(Outcome.REFUSED)
                        .metadata(redactor.redact(Json.object("refusal", why.slug()))));
                yield Optional.empty();
            }
        };
    }

    private AuditEvent event(Caller caller, BrokerCredential credential, Json.Obj more) {
        return AuditEvent.of(IdentityAction.CREDENTIAL_REMOVE, target(caller))
                .metadata(redactor.redact(
                        more.with("kind", Spelling.of(credential.kind())).with("credentialId", credential.id())));
    }

    private static Target target(Caller caller) {
        return new Target("member", caller.memberId().value());
    }
}
