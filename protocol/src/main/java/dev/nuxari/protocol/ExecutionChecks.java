package dev.nuxari.protocol;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** That what was executed was approved, and what was approved was executed and seen to be so. */
final class ExecutionChecks {
    private static final Set<String> SUCCEEDED = Set.of("changed", "unchanged", "resolved-by-observation");
    private static final Set<String> UNSUCCESSFUL = Set.of("failed", "interrupted");

    /** How an approval must have ended for a workflow to end so. */
    private static final Map<String, Set<String>> APPROVALS = Map.of(
            "completed", Set.of(ApprovalChecks.GRANTED),
            "failed", Set.of(ApprovalChecks.GRANTED),
            "rejected", Set.of("rejected"),
            "expired", Set.of("expired"),
            "cancelled", Set.of(ApprovalChecks.GRANTED, "withdrawn"));

    private ExecutionChecks() {}

    static void executions(EvidenceFile file, Findings findings) {
        List<Located> executions = file.contents(EvidenceRecord.Type.EXECUTION_LOG);
        if (executions.isEmpty()) {
            return;
        }
        Located approval = file.approval();
        Instant granted = lastDecision(approval);
        for (Located execution : executions) {
            findings.expect(
                    approval.string("state").equals(ApprovalChecks.GRANTED),
                    execution.pointer(),
                    "executed without a granted approval");
            findings.expect(
                    execution.string("approvalRef").equals(approval.string("approvalId")),
                    execution.at("approvalRef"),
                    "executed on the word of another approval");
            findings.expect(
                    execution.string("planHash").equals(file.planHash()),
                    execution.at("planHash"),
                    "executed for another plan");
            order(file.stepOf(execution), execution.object("order"), findings);
            times(granted, execution, findings);
            String outcome = execution.string("outcome");
            findings.expect(
                    SUCCEEDED.contains(outcome) || UNSUCCESSFUL.contains(outcome),
                    execution.at("outcome"),
                    "no such outcome");
        }
    }

    private static void order(Located step, Located order, Findings findings) {
        findings.expect(
                order.string("operation").equals(step.string("operation")),
                order.at("operation"),
                "the plan's step has another operation");
        findings.expect(
                order.string("account").equals(step.object("account").string("nativeId")),
                order.at("account"),
                "the plan's step has another account");
        findings.expect(
                order.optionalString("entitlement").equals(entitlement(step)),
                order.at("entitlement"),
                "the plan's step has another entitlement");
        findings.expect(
                order.valueOrNull("action").equals(step.valueOrNull("action")),
                order.at("action"),
                "the plan's step has another action");
    }

    private static Optional<String> entitlement(Located step) {
        return step.optionalObject("entitlement").map(named -> named.string("nativeId"));
    }

    private static Instant lastDecision(Located approval) {
        return approval.objects("decisions").stream()
                .map(decision -> decision.instant("at"))
                .max(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }

    private static void times(Instant granted, Located execution, Findings findings) {
        Instant startedAt = execution.instant("startedAt");
        findings.expect(
                !execution.instant("endedAt").isBefore(startedAt), execution.at("endedAt"), "ended before it started");
        findings.expect(!startedAt.isBefore(granted), execution.at("startedAt"), "executed before it was approved");
    }

    static void observations(EvidenceFile file, Findings findings) {
        for (Located snapshot : file.contents(EvidenceRecord.Type.PRE_CHANGE_SNAPSHOT)) {
            Located step = file.stepOf(snapshot);
            findings.expect(
                    snapshot.string("connectorId").equals(step.string("connectorId")),
                    snapshot.at("connectorId"),
                    "the step is about another system");
            findings.expect(
                    snapshot.object("account")
                            .string("nativeId")
                            .equals(step.object("account").string("nativeId")),
                    snapshot.at("account"),
                    "the step is about another account");
            findings.expect(
                    snapshot.optionalString("entitlement").equals(entitlement(step)),
                    snapshot.at("entitlement"),
                    "the step is about another entitlement");
        }
        for (Located validation : file.contents(EvidenceRecord.Type.VALIDATION_RESULT)) {
            file.stepOf(validation);
            String result = validation.string("result");
            findings.expect(
                    Set.of("passed", "failed").contains(result),
                    validation.at("result"),
                    "a result is passed or failed");
            if (result.equals("passed")) {
                agreement(validation.object("expected"), validation.object("observed"), findings);
            }
        }
    }

    /** All that was expected was observed. */
    private static void agreement(Located expected, Located observed, Findings findings) {
        findings.expect(!expected.value().members().isEmpty(), expected.pointer(), "nothing was expected");
        for (String name : expected.value().members().keySet()) {
            findings.expect(
                    observed.valueOrNull(name).equals(expected.valueOrNull(name)),
                    observed.at(name),
                    "another was expected, and the validation did not pass");
        }
    }

    static void completeness(EvidenceFile file, Findings findings) {
        Set<String> states = APPROVALS.get(file.outcome());
        if (states == null) {
            throw file.root().refuse("outcome", "no workflow ends so");
        }
        findings.expect(
                states.contains(file.approval().string("state")),
                file.approval().at("state"),
                "an approval that ended so does not lead to " + file.outcome());
        StepRecords records = new StepRecords(file);
        for (Located step : file.steps()) {
            List<Located> ends = records.executions(step).stream()
                    .filter(execution -> execution.bool("terminal"))
                    .toList();
            // Records of one millisecond stand in any order, so they are counted.
            long failed = records.validations(step).size() - records.passed(step);
            findings.expect(
                    ends.size() <= failed + 1,
                    step.pointer(),
                    "the step was carried out %d times, and %d validations had failed".formatted(ends.size(), failed));
            if (file.outcome().equals("completed")) {
                completed(records, step, ends, findings);
            }
        }
    }

    private static void completed(StepRecords records, Located step, List<Located> ends, Findings findings) {
        findings.expect(!ends.isEmpty(), step.pointer(), "no record of how the step ended");
        for (Located end : ends) {
            findings.expect(SUCCEEDED.contains(end.string("outcome")), end.at("outcome"), "the step did not succeed");
        }
        findings.expect(!records.snapshots(step).isEmpty(), step.pointer(), "no record of what was before");
        findings.expect(records.wasSeenInTheEnd(step), step.pointer(), "the step was not seen to be done in the end");
        long passed = records.passed(step);
        findings.expect(
                passed == 1, step.pointer(), "%d passed validations of the step, expected one".formatted(passed));
    }

    /** What the records say about each step. */
    private static final class StepRecords {
        private final Map<Long, List<Located>> executions;
        private final Map<Long, List<Located>> snapshots;
        private final Map<Long, List<Located>> validations;

        StepRecords(EvidenceFile file) {
            this.executions = file.contentsByStep(EvidenceRecord.Type.EXECUTION_LOG);
            this.snapshots = file.contentsByStep(EvidenceRecord.Type.PRE_CHANGE_SNAPSHOT);
            this.validations = file.contentsByStep(EvidenceRecord.Type.VALIDATION_RESULT);
        }

        List<Located> executions(Located step) {
            return executions.getOrDefault(step.integer("position"), List.of());
        }

        List<Located> snapshots(Located step) {
            return snapshots.getOrDefault(step.integer("position"), List.of());
        }

        List<Located> validations(Located step) {
            return validations.getOrDefault(step.integer("position"), List.of());
        }

        long passed(Located step) {
            return validations(step).stream().filter(StepRecords::hasPassed).count();
        }

        /** Between two validations of a step somebody has had it carried out again. */
        boolean wasSeenInTheEnd(Located step) {
            List<Located> all = validations(step);
            return !all.isEmpty() && hasPassed(all.getLast());
        }

        private static boolean hasPassed(Located validation) {
            return validation.string("result").equals("passed");
        }
    }
}
