package dev.nuxari.protocol;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
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
        Map<Long, Progress> progress = progress(file, findings);
        for (Located step : file.steps()) {
            List<Located> ends = records.executions(step).stream()
                    .filter(execution -> execution.bool("terminal"))
                    .toList();
            if (file.outcome().equals("completed")) {
                findings.expect(
                        progress.get(step.integer("position")) == Progress.VALIDATED,
                        step.pointer(),
                        "the step was not seen to be done in the end");
                completed(records, step, ends, findings);
            }
        }
    }

    /** How far a step is, as its records say. */
    private enum Progress {
        OPEN,
        CARRIED_OUT,
        VALIDATED
    }

    /** Follows each step through its records. Only after a validation that did not see the change is one carried out again. */
    private static Map<Long, Progress> progress(EvidenceFile file, Findings findings) {
        Map<Long, Progress> progress = new HashMap<>();
        for (Located written : file.records()) {
            Located content = written.object("content");
            switch (written.constant("type", EvidenceRecord.Type.class)) {
                case EXECUTION_LOG -> carriedOut(content, progress, findings);
                case VALIDATION_RESULT ->
                    progress.put(
                            content.integer("step"),
                            content.string("result").equals("passed") ? Progress.VALIDATED : Progress.OPEN);
                default -> {
                    // Says nothing about how far a step is.
                }
            }
        }
        return progress;
    }

    private static void carriedOut(Located execution, Map<Long, Progress> progress, Findings findings) {
        if (execution.bool("terminal")) {
            Progress before = progress.put(execution.integer("step"), Progress.CARRIED_OUT);
            findings.expect(
                    before == null || before == Progress.OPEN,
                    execution.pointer(),
                    "the step had been carried out, and no validation had failed since");
        }
    }

    private static void completed(StepRecords records, Located step, List<Located> ends, Findings findings) {
        findings.expect(!ends.isEmpty(), step.pointer(), "no record of how the step ended");
        for (Located end : ends) {
            findings.expect(SUCCEEDED.contains(end.string("outcome")), end.at("outcome"), "the step did not succeed");
        }
        findings.expect(!records.snapshots(step).isEmpty(), step.pointer(), "no record of what was before");
        long passed = records.validations(step).stream()
                .filter(validation -> validation.string("result").equals("passed"))
                .count();
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
    }
}
