package dev.nuxari.server.audit;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Permission;
import dev.nuxari.server.api.RequestRefused;
import dev.nuxari.server.audit.AuditEvent.Outcome;
import dev.nuxari.server.audit.AuditEvent.Target;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.ForeignOrganizationRefused;
import dev.nuxari.server.tenancy.OrganizationScope;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Puts on record what the walls refused, in the log of whoever tried. */
@Component
class RefusalWitness {
    private final OrganizationScope scope;
    private final AuditLog log;
    private final Redactor redactor;

    RefusalWitness(OrganizationScope scope, AuditLog log, Redactor redactor) {
        this.scope = scope;
        this.log = log;
        this.redactor = redactor;
    }

    enum Action implements AuditAction {
        ORGANIZATION_ENTER,
        ROUTE_CALL
    }

    @EventListener
    void on(ForeignOrganizationRefused refused) {
        append(
                refused.caller(),
                AuditEvent.of(
                        Action.ORGANIZATION_ENTER,
                        new Target("organization", refused.asked().value())));
    }

    @EventListener
    void on(RequestRefused refused) {
        append(
                refused.caller(),
                AuditEvent.of(Action.ROUTE_CALL, new Target("route", refused.method() + " " + refused.route()))
                        .metadata(redactor.redact(Json.object(
                                "demanded",
                                refused.demanded().stream()
                                        .map(Permission::spelled)
                                        .sorted()
                                        .toList()))));
    }

    private void append(Caller caller, AuditEvent event) {
        scope.run(caller.organization(), caller, () -> log.append(event.outcome(Outcome.REFUSED)));
    }
}
