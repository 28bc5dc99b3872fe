package dev.nuxari.server.agents;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.DsseEnvelope;
import dev.nuxari.protocol.agent.SummaryKind;
import dev.nuxari.server.agents.Agent.State;
import dev.nuxari.server.findings.Finding;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What somebody should look at: what an acting agent last said of itself, and what was found out about it. */
enum AgentWarning {
    /** Two hosts have its key, or its host was set back. */
    CLONE_SUSPECTED,
    /** It does not believe the log that it is shown. */
    LOG_REFUSED,
    POLICY_REFUSED,
    POLICY_ABSENT,
    CLOCK_DIFFERS,
    OBSERVATIONS_DROPPED,
    /** There is a finding about it that is none of the above. */
    FINDING_OPEN;

    /** Seconds by which the two clocks may differ before somebody should look. */
    private static final long SKEW = 60;

    private static final Set<String> OF_CLONES =
            Set.of("agent.number-reused", "agent.old-token-used", "agent.key-enrolled-again");

    /**
     * In the order of how much they matter. An agent that does not act warns of nothing.
     *
     * @param health the envelope of the last that it said of itself
     */
    static List<AgentWarning> of(Agent agent, Optional<Json.Obj> health, List<Finding> findings) {
        if (agent.state() != State.ACTIVE) {
            return List.of();
        }
        Optional<Json.Obj> values = health.flatMap(AgentWarning::values);
        return Stream.of(values())
                .filter(warning -> warning.isFoundIn(findings)
                        || values.filter(warning::isSaidBy).isPresent())
                .toList();
    }

    private boolean isFoundIn(List<Finding> findings) {
        Predicate<Finding> isOfClones = finding -> OF_CLONES.contains(finding.rule());
        return switch (this) {
            case CLONE_SUSPECTED -> findings.stream().anyMatch(isOfClones);
            case FINDING_OPEN -> findings.stream().anyMatch(isOfClones.negate());
            case LOG_REFUSED, POLICY_REFUSED, POLICY_ABSENT, CLOCK_DIFFERS, OBSERVATIONS_DROPPED -> false;
        };
    }

    private boolean isSaidBy(Json.Obj health) {
        return switch (this) {
            case LOG_REFUSED -> health.string("log").equals("refused");
            case POLICY_REFUSED -> health.string("policy").equals("refused");
            case POLICY_ABSENT -> health.string("policy").equals("absent");
            case CLOCK_DIFFERS -> Math.abs(health.integer("clockDifference")) > SKEW;
            case OBSERVATIONS_DROPPED -> health.integer("droppedObservations") > 0;
            case CLONE_SUSPECTED, FINDING_OPEN -> false;
        };
    }

    /** Its signature and its shape were looked at when it came. */
    private static Optional<Json.Obj> values(Json.Obj envelope) {
        return Json.parseObject(new String(DsseEnvelope.parse(envelope).payloadBytes(), UTF_8))
                .objects("summaries")
                .stream()
                .filter(summary -> summary.string("kind").equals(SummaryKind.AGENT_HEALTH.spelled()))
                .map(summary -> summary.object("values"))
                .findFirst();
    }
}
