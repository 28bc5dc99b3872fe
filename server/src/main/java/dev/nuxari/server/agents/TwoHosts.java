package dev.nuxari.server.agents;

import dev.nuxari.kernel.Json;
import dev.nuxari.server.audit.AuditEvent;
import dev.nuxari.server.audit.AuditEvent.Outcome;
import dev.nuxari.server.audit.AuditEvent.Target;
import dev.nuxari.server.audit.AuditLog;
import dev.nuxari.server.findings.Finding.Severity;
import dev.nuxari.server.findings.Findings;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import org.springframework.stereotype.Component;

/** Says loudly that two hosts have one agent's key, or one host was set back to what it was. */
@Component
class TwoHosts {
    private final OrganizationScope scope;
    private final Findings findings;
    private final AuditLog audit;
    private final Redactor redactor;

    TwoHosts(OrganizationScope scope, Findings findings, AuditLog audit, Redactor redactor) {
        this.scope = scope;
        this.findings = findings;
        this.audit = audit;
        this.redactor = redactor;
    }

    /** By what it shows. */
    enum Sign {
        /** A number that was given to another message. */
        NUMBER_REUSED,
        /** A token that was replaced and whose successor is in use. */
        OLD_TOKEN_USED,
        /** The key of an agent in the hands of a host that enrols as another one. */
        KEY_ENROLLED_AGAIN
    }

    /**
     * Opens a finding, once for each agent and sign; a clone that goes on fills no log.
     *
     * @param server the server's own caller: an agent writes no findings
     */
    void report(Caller server, AgentId agent, Sign sign) {
        scope.run(server.organization(), server, () -> {
            String rule = "agent." + dev.nuxari.kernel.Spelling.of(sign);
            if (findings.open(server.organization(), server, Severity.CRITICAL, rule, Agents.subject(agent))) {
                audit.append(AuditEvent.of(AgentAction.AGENT_KEY_REUSE, new Target("agent", agent.value()))
                        .outcome(Outcome.REFUSED)
                        .metadata(redactor.redact(Json.object("sign", sign))));
            }
        });
    }
}
