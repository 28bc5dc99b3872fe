package dev.nuxari.server.agents;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.protocol.DsseEnvelope;
import dev.nuxari.protocol.agent.Receipt;
import dev.nuxari.server.agents.Agent.State;
import dev.nuxari.server.agents.MessageStore.Known;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.workflow.ExecutionId;
import dev.nuxari.server.workflow.ExecutionPermit;
import dev.nuxari.server.workflow.FailureClass;
import dev.nuxari.server.workflow.Operation;
import dev.nuxari.server.workflow.PlannedStep;
import dev.nuxari.server.workflow.StepFailure;
import dev.nuxari.server.workflow.StepPerformer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * Performs steps by edge agents: the order is signed and waits for its agent, and what the agent's receipt says is how the step ended. Nobody
 * looks at the host from here; its state before and after is in the receipt.
 */
@Component
class AgentSteps implements StepPerformer {
    /** The receipt wakes the workflow; this is for when that was missed. */
    private static final Duration LOOK_EVERY = Duration.ofMinutes(1);

    /** How much later than its package a receipt may come. */
    private static final Duration GRACE = Duration.ofMinutes(5);

    private final OrganizationScope scope;
    private final AgentStore agents;
    private final MessageStore messages;
    private final PackageSigner signer;
    private final WaitingAgents waiting;
    private final InstantSource clock;

    AgentSteps(
            OrganizationScope scope,
            AgentStore agents,
            MessageStore messages,
            PackageSigner signer,
            WaitingAgents waiting,
            InstantSource clock) {
        this.scope = scope;
        this.agents = agents;
        this.messages = messages;
        this.signer = signer;
        this.waiting = waiting;
        this.clock = clock;
    }

    @Override
    public boolean performs(PlannedStep step) {
        return step.action() != null;
    }

    /**
     * Whether the agent acts, and the step is what its approvers read. That the action is done is never taken for granted before: nobody has
     * looked at the host.
     */
    @Override
    public Condition look(OrganizationId organization, Caller caller, PlannedStep step) {
        mustSayTheSameToEverybody(step);
        boolean acts = scope.reading(organization, caller, () -> agents.find(agentOf(step)))
                .filter(agent -> agent.state() == State.ACTIVE)
                .isPresent();
        if (!acts) {
            throw gone();
        }
        return condition(step, false);
    }

    /** Approvers read whose host it is; the agent reads the action. */
    private static void mustSayTheSameToEverybody(PlannedStep step) {
        UUID agent = agentOf(step).value();
        boolean same = step.connector().value().equals(agent)
                && (step.operation() != Operation.PERFORM
                        || step.account().nativeId().equals(agent.toString()));
        if (!same) {
            throw new StepFailure(
                    FailureClass.CONFIGURATION, "The step names another host to its approvers than to an agent.");
        }
    }

    /** What is seen of a governed system when the step is done, and when it is not: see {@link Condition#satisfies}. */
    private static Condition condition(PlannedStep step, boolean done) {
        return switch (step.operation()) {
            case GRANT, PERFORM -> new Condition(true, true, done);
            case REVOKE -> new Condition(true, true, !done);
            case DISABLE -> new Condition(true, !done, false);
        };
    }

    @Override
    public Performed perform(ExecutionPermit permit, Caller caller) {
        signer.sign(permit, caller);
        waiting.call(permit.organization(), agentOf(permit.step()));
        return Performed.UNDERWAY;
    }

    /** The agent has looked, and has signed what it saw. */
    @Override
    public Condition lookAgain(OrganizationId organization, Caller caller, PlannedStep step, ExecutionId execution) {
        boolean done = scope.reading(
                organization,
                caller,
                () -> messages.of(execution)
                        .flatMap(known -> receipt(known))
                        .filter(receipt -> performed(receipt).isPresent())
                        .isPresent());
        return condition(step, done);
    }

    @Override
    public Report report(OrganizationId organization, Caller caller, PlannedStep step, ExecutionId execution) {
        return scope.reading(
                organization,
                caller,
                () -> messages.of(execution)
                        .map(known -> receipt(known).map(AgentSteps::report).orElseGet(() -> awaited(step, known)))
                        .orElseGet(Report.Unknown::new));
    }

    private Optional<Receipt> receipt(Known known) {
        return messages.receiptFor(known.id())
                .map(envelope -> Receipt.parse(
                        Json.parseObject(new String(DsseEnvelope.parse(envelope).payloadBytes(), UTF_8))));
    }

    private static Report report(Receipt receipt) {
        return performed(receipt)
                .<Report>map(performed -> new Report.Ended(performed, receipt.json()))
                .orElseGet(() -> new Report.Failed(
                        new StepFailure(FailureClass.AGENT, explained(receipt)), Optional.of(receipt.json())));
    }

    /** Empty if the action was not done, as far as the agent can tell. */
    private static Optional<Performed> performed(Receipt receipt) {
        return switch (receipt.ending().outcome()) {
            case CHANGED -> Optional.of(Performed.CHANGED);
            case UNCHANGED -> Optional.of(Performed.UNCHANGED);
            case RESOLVED_BY_OBSERVATION -> Optional.of(Performed.RESOLVED_BY_OBSERVATION);
            case INTERRUPTED, FAILED, REJECTED -> Optional.empty();
        };
    }

    private static String explained(Receipt receipt) {
        String reason = receipt.ending().reason().orElse("");
        return switch (receipt.ending().outcome()) {
            case REJECTED -> "The agent rejected the order: " + reason + ".";
            case FAILED -> "The agent tried, and it did not work: " + reason + ".";
            case INTERRUPTED, CHANGED, UNCHANGED, RESOLVED_BY_OBSERVATION ->
                "The agent was interrupted, and its host does not show what was asked for.";
        };
    }

    private Report awaited(PlannedStep step, Known known) {
        Instant now = clock.instant();
        Instant end = known.expiresAt().plus(GRACE);
        boolean acts = agents.find(agentOf(step))
                .filter(agent -> agent.state() == State.ACTIVE)
                .isPresent();
        if (!acts) {
            return new Report.Failed(gone(), Optional.empty());
        }
        if (!now.isBefore(end)) {
            return new Report.Failed(
                    new StepFailure(FailureClass.AGENT, "The agent did not answer while its order was good."),
                    Optional.empty());
        }
        Instant next = now.plus(LOOK_EVERY);
        return new Report.Underway(next.isBefore(end) ? next : end);
    }

    private static AgentId agentOf(PlannedStep step) {
        return Optional.ofNullable(step.action())
                .map(action -> new AgentId(action.agentId()))
                .orElseThrow(() -> new IllegalArgumentException("no agent carries out this step"));
    }

    static StepFailure gone() {
        return new StepFailure(FailureClass.AGENT, "The agent was revoked or lost, or has not enrolled.");
    }
}
