package dev.nuxari.server.agents;

import dev.nuxari.kernel.ActorId;
import dev.nuxari.kernel.ConnectorId;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.Risk;
import dev.nuxari.kernel.UuidV7;
import dev.nuxari.protocol.agent.ActionType;
import dev.nuxari.server.agents.Agent.State;
import dev.nuxari.server.agents.Agents.Ruling;
import dev.nuxari.server.audit.AuditEvent;
import dev.nuxari.server.audit.AuditLog;
import dev.nuxari.server.redaction.Redactor;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.workflow.Operation;
import dev.nuxari.server.workflow.Plan;
import dev.nuxari.server.workflow.PlannedStep;
import dev.nuxari.server.workflow.Workflows;
import dev.nuxari.server.workflow.Workflows.Submitted;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Service;

/** Asks for what an agent shall do to its host. Others decide on it, as on every plan of this risk. */
@Service
class AgentOrders {
    private final OrganizationScope scope;
    private final AgentStore agents;
    private final Workflows workflows;
    private final AuditLog audit;
    private final Redactor redactor;
    private final InstantSource clock;

    AgentOrders(
            OrganizationScope scope,
            AgentStore agents,
            Workflows workflows,
            AuditLog audit,
            Redactor redactor,
            InstantSource clock) {
        this.scope = scope;
        this.agents = agents;
        this.workflows = workflows;
        this.audit = audit;
        this.redactor = redactor;
        this.clock = clock;
    }

    /** What is wished; the parameters are of the type's shape. */
    record Wish(ActionType type, Json.Obj parameters, String justification) {}

    Ruling<Submitted> ask(OrganizationId organization, Caller caller, AgentId id, Wish wish) {
        return scope.within(organization, caller, () -> {
            Optional<Agent> found = agents.find(id);
            if (found.isEmpty()) {
                return new Ruling.Refused<>(AgentProblem.NO_SUCH_AGENT);
            }
            Agent agent = found.get();
            if (agent.state() != State.ACTIVE) {
                return new Ruling.Refused<>(AgentProblem.AGENT_NOT_ACTIVE);
            }
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            UUID request = UuidV7.at(now);
            var plan = new Plan(
                    organization,
                    request,
                    ActorId.of(caller.memberId()),
                    Optional.empty(),
                    List.of(step(agent, wish)),
                    wish.justification(),
                    now);
            Submitted submitted =
                    workflows.submit(organization, caller, new Workflows.Submission(plan, Risk.HIGH, null));
            audit.append(AuditEvent.of(AgentAction.AGENT_ORDER, Agents.target(id))
                    .under(submitted.approval().value(), submitted.planHash())
                    .requestId(request)
                    .metadata(redactor.redact(
                            Json.object("type", wish.type().spelled(), "parameters", wish.parameters()))));
            return new Ruling.Done<>(submitted);
        });
    }

    /** The agent stands where a governed system stands: it is what the step is about. */
    private static PlannedStep step(Agent agent, Wish wish) {
        UUID id = agent.id().value();
        return new PlannedStep(
                1,
                new ConnectorId(id),
                agent.name(),
                Operation.PERFORM,
                new PlannedStep.Account(
                        id.toString(), agent.host().map(Agent.Host::name).orElseThrow()),
                null,
                new PlannedStep.Action(id, wish.type().spelled(), wish.parameters()));
    }
}
