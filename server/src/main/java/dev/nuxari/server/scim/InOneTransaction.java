package dev.nuxari.server.scim;

import de.captaingoldfish.scim.sdk.common.exceptions.ScimException;
import de.captaingoldfish.scim.sdk.server.endpoints.Context;
import de.captaingoldfish.scim.sdk.server.endpoints.features.EndpointType;
import de.captaingoldfish.scim.sdk.server.interceptor.Interceptor;
import dev.nuxari.kernel.Json;
import dev.nuxari.server.audit.AuditEvent;
import dev.nuxari.server.audit.AuditEvent.Outcome;
import dev.nuxari.server.audit.AuditLog;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.tenancy.OrganizationScope;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;

/**
 * Does an operation in one transaction of the directory's organization, so that what was read with an ETag is what is changed. Of
 * a bulk request each operation has its own.
 */
@Component
class InOneTransaction {
    private static final Logger log = LoggerFactory.getLogger(InOneTransaction.class);
    private static final int UNAVAILABLE = 503;
    private static final int DEFECT = 500;

    private final OrganizationScope scope;
    private final AuditLog audit;
    private final Redactor redactor;

    InOneTransaction(OrganizationScope scope, AuditLog audit, Redactor redactor) {
        this.scope = scope;
        this.audit = audit;
        this.redactor = redactor;
    }

    Interceptor of(EndpointType type) {
        boolean reads = type == EndpointType.GET || type == EndpointType.LIST;
        return new Interceptor() {
            @Override
            public <T> T doAround(Supplier<T> work, Context context) {
                return run(DirectoryContext.client(context), reads, work);
            }
        };
    }

    <T> T run(DirectoryClient client, boolean reads, Supplier<T> work) {
        try {
            return reads
                    ? scope.reading(client.organization(), client.caller(), work)
                    : scope.within(client.organization(), client.caller(), work);
        } catch (ScimRefused e) {
            if (e.why().isOnRecord()) {
                record(client, e.why());
            }
            throw e;
        } catch (ScimException e) {
            throw e;
        } catch (TransientDataAccessException e) {
            log.warn("a directory has to try again", e);
            throw new ScimTrouble(UNAVAILABLE, "Somebody else is at it. Try again.");
        } catch (RuntimeException e) {
            log.error("a directory's request failed", e);
            throw new ScimTrouble(DEFECT, ScimErrors.defect());
        }
    }

    /** What is refused is rolled back, so it is put on record afterwards. */
    private void record(DirectoryClient client, ScimRefusal why) {
        scope.run(
                client.organization(),
                client.caller(),
                () -> audit.append(
                        AuditEvent.of(DirectoryAction.DIRECTORY_USER_REFUSE, Directories.target(client.directory()))
                                .outcome(Outcome.REFUSED)
                                .metadata(redactor.redact(Json.object("refusal", why)))));
    }
}
