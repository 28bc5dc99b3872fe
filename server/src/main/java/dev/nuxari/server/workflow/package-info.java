/**
 * Carries approved plans out, step by step, through crashes and outages, and holds the execution gate: nothing privileged
 * happens without a permit, and only the gate makes one.
 *
 * <p>It does not know what a governed system is: whoever can perform steps implements {@link StepPerformer}.
 */
@NullMarked
@ApplicationModule(
        displayName = "Workflow",
        allowedDependencies = {"tenancy", "redaction", "api", "audit", "evidence", "approvals"})
package dev.nuxari.server.workflow;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
