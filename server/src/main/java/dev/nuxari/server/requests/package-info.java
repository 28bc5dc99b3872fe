/**
 * What people ask for, why, and what became of it. A request turns into a plan, the plan into a question to approvers and a
 * workflow that waits for the answer; the rest is theirs.
 */
@NullMarked
@ApplicationModule(
        displayName = "Requests",
        allowedDependencies = {"tenancy", "redaction", "api", "audit", "approvals", "workflow", "connectors", "access"})
package dev.nuxari.server.requests;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
