package dev.nuxari.server.agents;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.UuidV7;
import dev.nuxari.protocol.SigningKey;
import dev.nuxari.protocol.agent.ActionPackage;
import dev.nuxari.protocol.agent.Delivery;
import dev.nuxari.server.agents.Agent.State;
import dev.nuxari.server.approvals.Grants;
import dev.nuxari.server.approvals.Grants.Grant;
import dev.nuxari.server.audit.AuditEvent;
import dev.nuxari.server.audit.AuditEvent.Target;
import dev.nuxari.server.audit.AuditLog;
import dev.nuxari.server.audit.LogKeys;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.workflow.ExecutionGate;
import dev.nuxari.server.workflow.ExecutionPermit;
import dev.nuxari.server.workflow.FailureClass;
import dev.nuxari.server.workflow.PlannedStep;
import dev.nuxari.server.workflow.StepFailure;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Signs the order of a permitted step, for the one agent that its plan names. Nothing else signs one, and the database takes none
 * without the attempt that the permit stands for ({@code permitted_package}).
 */
@Component
class PackageSigner {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration GOOD_FOR = Duration.ofHours(24);
    private static final int NONCE_BYTES = 16;

    private final OrganizationScope scope;
    private final ExecutionGate gate;
    private final Grants grants;
    private final AgentStore agents;
    private final MessageStore messages;
    private final LogKeys keys;
    private final AuditLog audit;
    private final InstantSource clock;

    PackageSigner(
            OrganizationScope scope,
            ExecutionGate gate,
            Grants grants,
            AgentStore agents,
            MessageStore messages,
            LogKeys keys,
            AuditLog audit,
            InstantSource clock) {
        this.scope = scope;
        this.gate = gate;
        this.grants = grants;
        this.agents = agents;
        this.messages = messages;
        this.keys = keys;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Uses the permit up, signs the package and keeps it, in one transaction.
     *
     * @throws StepFailure if the permit is none, or the agent does not act
     */
    PackageId sign(ExecutionPermit permit, Caller caller) {
        return scope.within(permit.organization(), caller, () -> {
            SigningKey key = keys.action(permit.organization(), caller);
            if (!gate.redeem(permit, caller)) {
                throw new StepFailure(FailureClass.PERMISSION, "The permit was refused.");
            }
            PlannedStep.Action action = action(permit.step());
            Agent agent = agents.lock(new AgentId(action.agentId()))
                    .filter(known -> known.state() == State.ACTIVE)
                    .orElseThrow(AgentSteps::gone);
            long sequence = agent.sequence() + 1;
            ActionPackage order = order(permit, caller, action, sequence);
            Json.Obj envelope = order.sign(key).json();
            agents.setSequence(agent.id(), sequence);
            messages.add(order, envelope, new Delivery(envelope, List.of()).hash(), permit.execution());
            audit.append(AuditEvent.of(AgentAction.AGENT_PACKAGE_SIGN, new Target("agent-package", order.packageId()))
                    .under(permit.approvalRef().value(), permit.plan()));
            return new PackageId(order.packageId());
        });
    }

    private ActionPackage order(ExecutionPermit permit, Caller caller, PlannedStep.Action action, long sequence) {
        Grant grant = grants.find(permit.organization(), caller, permit.approvalRef())
                .orElseThrow(() -> new StepFailure(
                        FailureClass.CONFIGURATION,
                        "The approval was given before this release; an agent cannot see that it was. Ask again."));
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return new ActionPackage(
                UuidV7.at(now),
                permit.organization(),
                action.agentId(),
                permit.approvalRef().value(),
                permit.plan(),
                grant.plan(),
                permit.step().position(),
                Json.object("type", action.type(), "parameters", action.parameters()),
                now,
                now.plus(GOOD_FOR),
                sequence,
                nonce(),
                grant.event().event(),
                grant.event().sequence(),
                List.of());
    }

    private static PlannedStep.Action action(PlannedStep step) {
        return Optional.ofNullable(step.action())
                .orElseThrow(() -> new IllegalArgumentException("no agent carries out this step"));
    }

    private static String nonce() {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(nonce);
    }
}
