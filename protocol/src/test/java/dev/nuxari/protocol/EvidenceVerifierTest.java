package dev.nuxari.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Json.Obj;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.protocol.EvidenceHeader.Outcome;
import dev.nuxari.protocol.EvidenceVerification.Trust;
import dev.nuxari.protocol.EvidenceVerification.Verified;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong here was signed with the organization's real keys and stands in its real log. */
@Claim({"A1", "A3", "V4"})
class EvidenceVerifierTest {
    private static final Notary NOTARY = new Notary(RecordedWorkflow.ORGANIZATION);
    private static final OrganizationId OTHER = new OrganizationId(UUID.fromString(RecordedWorkflow.uuid(0xbb)));

    private final RecordedWorkflow genuine = RecordedWorkflow.completed();

    @Test
    void genuinePackageIsVerified() {
        EvidenceVerification verification =
                EvidenceVerifier.verify(NOTARY.packaged(genuine), Optional.of(NOTARY.manifest()));

        assertThat(verification.checks()).allMatch(Check::passed);
        assertThat(verification).isInstanceOfSatisfying(Verified.class, verified -> {
            assertThat(verified.trust()).isEqualTo(Trust.TRUSTED_ROOT);
            assertThat(verified.summary().header()).isEqualTo(genuine.header());
            assertThat(verified.summary().merkleRoot())
                    .isEqualTo(NOTARY.draft(genuine).merkleRoot());
            assertThat(verified.summary().records()).isEqualTo(6);
            assertThat(verified.summary().logIndex()).isEqualTo(Notary.INDEX);
            assertThat(verified.summary().keyFingerprint())
                    .isEqualTo(NOTARY.manifest().fingerprint());
        });
    }

    @Test
    void withoutATrustedRootTheKeysArePackagesOwnWord() {
        assertThat(EvidenceVerifier.verify(NOTARY.packaged(genuine), Optional.empty()))
                .isInstanceOfSatisfying(
                        Verified.class, verified -> assertThat(verified.trust()).isEqualTo(Trust.KEYS_OF_THE_PACKAGE));
    }

    @Test
    void packageFromBeforeARotationIsVerifiedWithTheNewestKeys() {
        byte[] sealed = NOTARY.packaged(genuine);
        Notary second = NOTARY.rotated(sealedAt(), Notary.LOG_SIZE);
        Notary third = second.rotated(sealedAt().plusSeconds(60), 70);

        for (KeyManifest newest : List.of(second.manifest(), third.manifest())) {
            assertThat(EvidenceVerifier.verify(sealed, Optional.of(newest)))
                    .isInstanceOfSatisfying(
                            Verified.class,
                            verified -> assertThat(verified.trust()).isEqualTo(Trust.TRUSTED_ROOT));
        }
    }

    @Test
    void packageFromAfterARotationNeedsTheNewerKeys() {
        Notary second = NOTARY.rotated(RecordedWorkflow.START, 3);
        byte[] sealed = second.packaged(genuine);

        assertThat(EvidenceVerifier.verify(sealed, Optional.of(second.manifest())))
                .isInstanceOf(Verified.class);
        assertThat(EvidenceVerifier.verify(sealed, Optional.empty())).isInstanceOf(Verified.class);
        Check.Refuted refuted = untrusted(sealed, NOTARY.manifest());
        assertThat(refuted.where()).isEqualTo("/keys/keys");
        assertThat(refuted.reason()).endsWith("it is version 1 of the keys, the file names version 2");
    }

    @Test
    void retiredKeySealsNothingLater() {
        Notary earlier = NOTARY.rotated(sealedAt().minusMillis(1), Notary.LOG_SIZE);

        assertThat(untrusted(NOTARY.packaged(genuine), earlier.manifest()).where())
                .isEqualTo("/sealedAt");
    }

    /** A thief of the old key can write any time into a package, but not shorten the log. */
    @Test
    void retiredKeyVouchesForNoLargerLog() {
        Notary smaller = NOTARY.rotated(sealedAt(), Notary.LOG_SIZE - 1);

        Check.Refuted refuted = untrusted(NOTARY.packaged(genuine), smaller.manifest());

        assertThat(refuted.where()).isEqualTo("/log/checkpoint");
        assertThat(refuted.reason()).contains("was replaced when the log had 10 entries");
    }

    @Test
    void checkpointOfARetiredKeyIsBoundedByThePackagesOwnKeysToo() {
        Notary inTime = NOTARY.rotated(RecordedWorkflow.START, Notary.LOG_SIZE);
        Notary late = NOTARY.rotated(RecordedWorkflow.START, Notary.LOG_SIZE - 1);

        assertThat(EvidenceVerifier.verify(underCheckpointOfTheFirstKey(inTime), Optional.empty()))
                .isInstanceOf(Verified.class);
        assertThat(EvidenceVerifier.firstRefutation(underCheckpointOfTheFirstKey(late)))
                .hasValueSatisfying(check -> assertThat(check.name()).isEqualTo("checkpoint"));
    }

    private byte[] underCheckpointOfTheFirstKey(Notary second) {
        EvidenceDraft draft = second.draft(genuine);
        return NOTARY.logged(
                draft.sign(second.log(), second.archive()), second.event(draft), Notary.INDEX, second.origin());
    }

    private static Check.Refuted untrusted(byte[] file, KeyManifest root) {
        List<Check> refuted = EvidenceVerifier.verify(file, Optional.of(root)).checks().stream()
                .filter(check -> !check.passed())
                .toList();
        assertThat(refuted).extracting(Check::name).containsExactly("trusted-root");
        return (Check.Refuted) refuted.getFirst().result();
    }

    private Instant sealedAt() {
        return genuine.header().sealedAt();
    }

    @Test
    void rejectedWorkflowIsEvidenceToo() {
        assertThat(EvidenceVerifier.verify(NOTARY.packaged(RecordedWorkflow.rejected()), Optional.empty()))
                .isInstanceOf(Verified.class);
    }

    @Test
    void keysOfSomebodyElseAreRefusedByTheTrustedRoot() {
        Notary impostor = new Notary(RecordedWorkflow.ORGANIZATION);

        Check check = refutation(EvidenceVerifier.verify(impostor.packaged(genuine), Optional.of(NOTARY.manifest())));

        assertThat(check.name()).isEqualTo("trusted-root");
    }

    @Test
    void packageOfAnotherOrganizationIsRefusedByTheTrustedRoot() {
        Notary other = new Notary(OTHER);

        Check check = refutation(EvidenceVerifier.verify(NOTARY.packaged(genuine), Optional.of(other.manifest())));

        assertThat(check.name()).isEqualTo("trusted-root");
    }

    @Test
    void quorumThatWasNotMet() {
        refuted(
                "quorum",
                genuine.changeDecision(2, decision -> decision.with("stage", 1).with("role", "approver")));
        refuted(
                "quorum",
                genuine.change(EvidenceRecord.Type.APPROVAL, approval -> approval.with("decisions", List.of())));
    }

    @Test
    void quorumOfOnePersonTwice() {
        RecordedWorkflow twice = genuine.change(
                        EvidenceRecord.Type.ACCESS_EVALUATION, EvidenceVerifierTest::twoApprovers)
                .change(
                        EvidenceRecord.Type.APPROVAL,
                        approval -> twoStages(approval)
                                .with(
                                        "decisions",
                                        List.of(
                                                RecordedWorkflow.decision(1, RecordedWorkflow.APPROVER, "approver"),
                                                RecordedWorkflow.decision(1, RecordedWorkflow.APPROVER, "admin"),
                                                RecordedWorkflow.decision(2, RecordedWorkflow.OWNER, "owner"))));

        refuted("decisions", twice);
        refuted("quorum", twice);
    }

    private static Obj twoApprovers(Obj evaluation) {
        return evaluation.with("policy", twoStages(evaluation.object("policy")));
    }

    private static Obj twoStages(Obj object) {
        List<Obj> stages = object.objects("stages");
        return object.with("stages", List.of(stages.getFirst().with("quorum", 2), stages.getLast()));
    }

    @Test
    void approvalUnderAWeakerPolicyThanWasEvaluated() {
        refuted("policy", genuine.change(EvidenceRecord.Type.ACCESS_EVALUATION, EvidenceVerifierTest::twoApprovers));
        refuted(
                "policy",
                genuine.change(
                        EvidenceRecord.Type.APPROVAL,
                        approval -> approval.with(
                                "stages", approval.objects("stages").subList(0, 1))));
    }

    @Test
    void selfApproval() {
        refuted(
                "separation-of-duties",
                genuine.changeDecision(1, decision -> decision.with("member", RecordedWorkflow.REQUESTER)));
        refuted(
                "separation-of-duties",
                genuine.changeDecision(2, decision -> decision.with("member", RecordedWorkflow.BENEFICIARY)));
    }

    @Test
    void requesterHiddenFromTheApproval() {
        refuted(
                "policy",
                genuine.change(
                        EvidenceRecord.Type.APPROVAL,
                        approval -> approval.with("requester", RecordedWorkflow.member(9))));
        refuted(
                "policy",
                genuine.change(
                        EvidenceRecord.Type.ACCESS_EVALUATION, evaluation -> evaluation.with("beneficiary", null)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "system:workflow",
                "MEMBER:0198c5a0-0000-7000-8000-000000000003",
                "member:0198C5A0-0000-7000-8000-000000000003",
                "member:eve",
                "nobody",
                ""
            })
    void decisionByAnybodyButAMember(String actor) {
        refuted("separation-of-duties", genuine.changeDecision(1, decision -> decision.with("member", actor)));
    }

    @Test
    void decisionAboutAnotherPlan() {
        refuted("decisions", genuine.changeDecision(1, decision -> decision.with("planHash", "0".repeat(64))));
    }

    @Test
    void decisionByARoleThatMayNot() {
        refuted("decisions", genuine.changeDecision(2, decision -> decision.with("role", "requester")));
        refuted("quorum", genuine.changeDecision(2, decision -> decision.with("role", "requester")));
    }

    @Test
    void decisionAfterTheApprovalExpired() {
        refuted(
                "decisions",
                genuine.change(
                        EvidenceRecord.Type.APPROVAL,
                        approval -> approval.with("expiresAt", RecordedWorkflow.START.plusSeconds(1))));
    }

    @Test
    void grantDespiteARejection() {
        refuted("quorum", genuine.changeDecision(1, decision -> decision.with("verdict", "reject")));
    }

    @Test
    void planOtherThanTheApprovedOne() {
        refuted(
                "plan",
                genuine.change(
                        EvidenceRecord.Type.APPROVAL,
                        approval ->
                                approval.with("plan", approval.object("plan").with("justification", "another"))));
        refuted(
                "plan",
                genuine.change(EvidenceRecord.Type.APPROVAL, approval -> approval.with("planHash", "0".repeat(64))));
    }

    @Test
    void planOfAnotherOrganization() {
        refuted(
                "plan",
                genuine.change(
                        EvidenceRecord.Type.APPROVAL,
                        approval ->
                                approval.with("plan", approval.object("plan").with("organizationId", OTHER))));
    }

    @Test
    void executionThatIsNotInThePlan() {
        refuted(
                "executions",
                genuine.with(RecordedWorkflow.written(
                        8,
                        EvidenceRecord.Type.EXECUTION_LOG,
                        RecordedWorkflow.execution(3, "changed", true).with("step", 2))));
        for (String member : List.of("operation", "account", "entitlement")) {
            refuted(
                    "executions",
                    genuine.change(
                            EvidenceRecord.Type.EXECUTION_LOG,
                            execution -> execution.with(
                                    "order", execution.object("order").with(member, "another"))));
        }
        refuted(
                "executions",
                genuine.change(
                        EvidenceRecord.Type.EXECUTION_LOG,
                        execution -> execution.with(
                                "order", execution.object("order").with("entitlement", null))));
    }

    @Test
    void executionOnAnotherWord() {
        refuted(
                "executions",
                genuine.change(
                        EvidenceRecord.Type.EXECUTION_LOG,
                        execution -> execution.with("approvalRef", RecordedWorkflow.uuid(1))));
        refuted(
                "executions",
                genuine.change(
                        EvidenceRecord.Type.EXECUTION_LOG, execution -> execution.with("planHash", "0".repeat(64))));
    }

    @Test
    void executionBeforeTheDecision() {
        refuted(
                "executions",
                genuine.change(
                        EvidenceRecord.Type.EXECUTION_LOG,
                        execution -> execution.with("startedAt", RecordedWorkflow.START)));
    }

    @Test
    void executionOfARejectedRequest() {
        refuted(
                "executions",
                RecordedWorkflow.rejected()
                        .with(RecordedWorkflow.written(
                                8, EvidenceRecord.Type.EXECUTION_LOG, RecordedWorkflow.execution(1, "changed", true))));
    }

    @Test
    void stepThatEndedTwice() {
        refuted(
                "completeness",
                genuine.with(RecordedWorkflow.written(
                        8, EvidenceRecord.Type.EXECUTION_LOG, RecordedWorkflow.execution(3, "unchanged", true))));
    }

    @Test
    void stepIsCarriedOutAgainAfterAValidationThatFailed() {
        assertThat(EvidenceVerifier.verify(NOTARY.packaged(RecordedWorkflow.retried()), Optional.empty()))
                .isInstanceOf(Verified.class);
    }

    @Test
    void stepThatWasNotSeenToBeDoneInTheEnd() {
        refuted(
                "completeness",
                genuine.with(RecordedWorkflow.written(
                        8, EvidenceRecord.Type.VALIDATION_RESULT, RecordedWorkflow.validation("failed"))));
    }

    @Test
    void stepThatDidNotSucceed() {
        refuted(
                "completeness",
                genuine.change(EvidenceRecord.Type.EXECUTION_LOG, execution -> execution.with("outcome", "failed")));
        refuted(
                "completeness",
                genuine.change(EvidenceRecord.Type.EXECUTION_LOG, execution -> execution.with("terminal", false)));
    }

    @ParameterizedTest
    @EnumSource
    void absenceOfAnyKindOfRecord(EvidenceRecord.Type type) {
        assertThat(EvidenceVerifier.verify(NOTARY.packaged(genuine.without(type)), Optional.empty()))
                .isInstanceOf(EvidenceVerification.Refuted.class);
    }

    @Test
    void validationThatSawSomethingElse() {
        refuted(
                "observations",
                genuine.change(
                        EvidenceRecord.Type.VALIDATION_RESULT,
                        validation -> validation.with("observed", Json.object("held", false))));
        refuted(
                "completeness",
                genuine.change(
                        EvidenceRecord.Type.VALIDATION_RESULT, validation -> validation.with("result", "failed")));
    }

    @Test
    void snapshotOfAnotherAccount() {
        refuted(
                "observations",
                genuine.change(
                        EvidenceRecord.Type.PRE_CHANGE_SNAPSHOT,
                        snapshot -> snapshot.with("account", Json.object("nativeId", "eve"))));
        refuted(
                "observations",
                genuine.change(
                        EvidenceRecord.Type.PRE_CHANGE_SNAPSHOT,
                        snapshot -> snapshot.with("connectorId", RecordedWorkflow.uuid(1))));
    }

    @ParameterizedTest
    @EnumSource(names = {"REJECTED", "EXPIRED"})
    void outcomeThatDoesNotFollow(Outcome outcome) {
        refuted("completeness", genuine.ending(outcome));
    }

    @ParameterizedTest
    @ValueSource(strings = {"packageId", "merkleRoot", "planHash"})
    void eventThatSealsAnotherPackage(String member) {
        refuted(
                "sealing-event",
                NOTARY.packaged(
                        genuine,
                        event -> event.with("metadata", event.object("metadata").with(member, "0".repeat(64))),
                        NOTARY.origin()));
    }

    @Test
    void eventThatSealsNothing() {
        refuted(
                "sealing-event",
                NOTARY.packaged(genuine, event -> event.with("action", "evidence.export"), NOTARY.origin()));
        refuted("sealing-event", NOTARY.packaged(genuine, event -> event.with("outcome", "refused"), NOTARY.origin()));
        refuted(
                "sealing-event",
                NOTARY.packaged(genuine, event -> event.with("organizationId", OTHER), NOTARY.origin()));
        refuted("sealing-event", NOTARY.packaged(genuine, event -> event.with("sequence", 4), NOTARY.origin()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nuxari.example/log/0198c5a0-0000-7000-8000-0000000000bb", "nuxari.example", "other"})
    void checkpointOfAnotherLog(String origin) {
        refuted("checkpoint", NOTARY.packaged(genuine, event -> event, origin));
    }

    @Test
    void proofOfAnotherPlaceInTheLog() {
        EvidenceDraft draft = NOTARY.draft(genuine);
        Obj event = NOTARY.event(draft).with("sequence", 4);

        refuted(
                "inclusion-proof",
                NOTARY.logged(draft.sign(NOTARY.log(), NOTARY.archive()), event, 4, NOTARY.origin()));
    }

    @Test
    void signatureByAnotherKey() {
        Notary impostor = new Notary(RecordedWorkflow.ORGANIZATION);
        Obj file = Json.parseObject(new String(NOTARY.packaged(genuine), UTF_8));
        Obj forged = Json.parseObject(new String(impostor.packaged(genuine), UTF_8));

        refuted(
                "signatures",
                file.with("signatures", forged.member("signatures")).canonicalBytes());
        refuted(
                "signatures",
                file.with("signatures", List.of(file.objects("signatures").getFirst()))
                        .canonicalBytes());
        List<Obj> reversed = new ArrayList<>(file.objects("signatures"));
        Collections.reverse(reversed);
        refuted("signatures", file.with("signatures", reversed).canonicalBytes());
        refuted("checkpoint", file.with("log", forged.member("log")).canonicalBytes());
    }

    @Test
    void fileWithAMemberMoreOrLess() {
        Obj file = Json.parseObject(new String(NOTARY.packaged(genuine), UTF_8));

        refuted("members", file.with("more", 1).canonicalBytes());
        for (String member : file.members().keySet()) {
            refuted("members", file.without(member).canonicalBytes());
        }
        refuted("canonical-form", (file.canonical() + "\n").getBytes(UTF_8));
        refuted("canonical-form", new byte[0]);
        refuted("canonical-form", "[]".getBytes(UTF_8));
        refuted("members", "{}".getBytes(UTF_8));
    }

    @Test
    void draftRefusesWhatItsVerifierWouldRefute() {
        EvidenceRecord first = genuine.records().getFirst();

        assertThatIllegalArgumentException().isThrownBy(() -> NOTARY.draft(genuine.with(first)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NOTARY.draft(genuine).sign(/* log= */ NOTARY.archive(), /* archive= */ NOTARY.log()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EvidenceDraft(genuine.header(), genuine.records(), new Notary(OTHER).manifest()));
    }

    @Test
    void sealedPackageCanWaitForTheLog() {
        EvidenceDraft draft = NOTARY.draft(genuine);
        SealedEvidence sealed = draft.sign(NOTARY.log(), NOTARY.archive());

        SealedEvidence kept =
                SealedEvidence.parse(Json.parseObject(sealed.json().canonical()));

        byte[] file = NOTARY.logged(kept, NOTARY.event(draft), Notary.INDEX, NOTARY.origin());
        assertThat(kept.header()).isEqualTo(genuine.header());
        assertThat(EvidenceVerifier.verify(file, Optional.empty())).isInstanceOf(Verified.class);
    }

    private static void refuted(String check, RecordedWorkflow workflow) {
        refuted(check, NOTARY.packaged(workflow));
    }

    private static void refuted(String check, byte[] file) {
        EvidenceVerification verification = EvidenceVerifier.verify(file, Optional.empty());
        assertThat(verification).isInstanceOf(EvidenceVerification.Refuted.class);
        assertThat(verification.checks())
                .filteredOn(asked -> !asked.passed())
                .extracting(Check::name)
                .contains(check);
    }

    private static Check refutation(EvidenceVerification verification) {
        assertThat(verification).isInstanceOf(EvidenceVerification.Refuted.class);
        return ((EvidenceVerification.Refuted) verification).first();
    }
}
