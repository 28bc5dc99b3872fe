package dev.nuxari.server.domains;

import dev.nuxari.kernel.Json;
import dev.nuxari.server.audit.AuditEvent;
import dev.nuxari.server.audit.AuditEvent.Outcome;
import dev.nuxari.server.audit.AuditEvent.Target;
import dev.nuxari.server.domains.Domain.Pending;
import dev.nuxari.server.domains.Domain.Verified;
import dev.nuxari.server.redaction.Redacted;
import dev.nuxari.server.redaction.Redactor;

/** What the log says of domains. What name servers answered is not in it: those are words of others. */
final class DomainEvents {
    private final Redactor redactor;

    DomainEvents(Redactor redactor) {
        this.redactor = redactor;
    }

    AuditEvent added(Domain domain) {
        return AuditEvent.of(DomainAction.DOMAIN_ADD, target(domain)).change(Redacted.EMPTY, redacted(domain));
    }

    AuditEvent removed(Domain domain) {
        return AuditEvent.of(DomainAction.DOMAIN_REMOVE, target(domain)).change(redacted(domain), Redacted.EMPTY);
    }

    AuditEvent checked(Domain before, Domain after, CheckOutcome outcome) {
        Redacted metadata = redactor.redact(
                Json.object("domain", before.facts().challenge().domain().name(), "checkOutcome", outcome));
        return AuditEvent.of(action(before, after), target(before))
                .outcome(isSame(before, after) ? came(outcome) : Outcome.SUCCEEDED)
                .change(redacted(before), redacted(after))
                .metadata(metadata);
    }

    private static Outcome came(CheckOutcome outcome) {
        return switch (outcome) {
            case FOUND -> Outcome.SUCCEEDED;
            case SERVER_FAILURE, NO_ANSWER -> Outcome.FAILED;
            case NO_RECORD, OTHER_VALUES, NO_SUCH_NAME, HELD_ELSEWHERE -> Outcome.REFUSED;
        };
    }

    private static DomainAction action(Domain before, Domain after) {
        if (isSame(before, after)) {
            return DomainAction.DOMAIN_CHECK;
        }
        return switch (after) {
            case Verified _ -> DomainAction.DOMAIN_VERIFY;
            case Pending _ -> DomainAction.DOMAIN_LAPSE;
        };
    }

    /** Whether it is verified or not as it was before. */
    static boolean isSame(Domain before, Domain after) {
        return before.getClass() == after.getClass();
    }

    private static Target target(Domain domain) {
        return new Target("domain", domain.facts().id().value());
    }

    private Redacted redacted(Domain domain) {
        Json.Obj common =
                Json.object("domain", domain.facts().challenge().domain().name());
        return redactor.redact(
                switch (domain) {
                    case Pending pending -> common.with("state", "pending").withPresent("lapsedAt", pending.lapsedAt());
                    case Verified verified ->
                        common.with("state", "verified")
                                .with("verifiedAt", verified.verifiedAt())
                                .withPresent("failingSince", verified.failingSince());
                });
    }
}
