package dev.nuxari.server.federation;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.audit.AuditEvent;
import dev.nuxari.server.audit.AuditEvent.Outcome;
import dev.nuxari.server.audit.AuditEvent.Target;
import dev.nuxari.server.redaction.Redacted;
import dev.nuxari.server.redaction.Redactor;
import java.util.List;

/** What the log says of providers: addresses, names and fingerprints, no secret. */
final class ProviderEvents {
    private final Redactor redactor;

    ProviderEvents(Redactor redactor) {
        this.redactor = redactor;
    }

    AuditEvent added(IdentityProvider provider) {
        return event(ProviderAction.IDENTITY_PROVIDER_ADD, provider.id()).change(Redacted.EMPTY, redacted(provider));
    }

    /** @param sessionsEnded of those who had come by it */
    AuditEvent changed(IdentityProvider before, IdentityProvider after, int sessionsEnded) {
        return ending(
                event(ProviderAction.IDENTITY_PROVIDER_CHANGE, after.id()).change(redacted(before), redacted(after)),
                sessionsEnded);
    }

    AuditEvent removed(IdentityProvider provider, int sessionsEnded) {
        return ending(
                event(ProviderAction.IDENTITY_PROVIDER_REMOVE, provider.id())
                        .change(redacted(provider), Redacted.EMPTY),
                sessionsEnded);
    }

    /** What it publishes is another now, and counts. */
    AuditEvent renewed(IdentityProvider before, IdentityProvider after) {
        return event(ProviderAction.IDENTITY_PROVIDER_RENEW, after.id()).change(redacted(before), redacted(after));
    }

    /** What it publishes cannot be used; what was known before goes on counting. */
    AuditEvent notRenewed(ProviderId id, Finding why) {
        return event(ProviderAction.IDENTITY_PROVIDER_RENEW, id)
                .outcome(Outcome.FAILED)
                .metadata(redactor.redact(Json.object("findings", spelled(List.of(why)))));
    }

    AuditEvent checked(ProviderId id, Diagnosis diagnosis) {
        return event(ProviderAction.IDENTITY_PROVIDER_CHECK, id)
                .outcome(diagnosis.isGood() ? Outcome.SUCCEEDED : Outcome.FAILED)
                .metadata(redactor.redact(Json.object("findings", spelled(diagnosis.findings()))));
    }

    AuditEvent refused(ProviderId id, Json.Obj particulars) {
        return event(ProviderAction.IDENTITY_PROVIDER_CHANGE, id)
                .outcome(Outcome.REFUSED)
                .metadata(redactor.redact(particulars));
    }

    static List<String> spelled(List<Finding> findings) {
        return findings.stream().map(Spelling::of).toList();
    }

    private AuditEvent ending(AuditEvent event, int sessionsEnded) {
        return sessionsEnded == 0
                ? event
                : event.metadata(redactor.redact(Json.object("sessionsEnded", sessionsEnded)));
    }

    private static AuditEvent event(ProviderAction action, ProviderId id) {
        return AuditEvent.of(action, new Target("identity-provider", id.value()));
    }

    private Redacted redacted(IdentityProvider provider) {
        return redactor.redact(provider.forEvent());
    }
}
