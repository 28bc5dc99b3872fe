package dev.nuxari.protocol;

import dev.nuxari.kernel.ActorId;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.Sha256;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** That the people who had to agree have agreed, to exactly this plan, at the time of their decision. */
final class ApprovalChecks {
    static final String GRANTED = "granted";
    private static final String APPROVE = "approve";
    private static final String REJECT = "reject";

    private ApprovalChecks() {}

    static void plan(EvidenceFile file, Findings findings) {
        Located approval = file.approval();
        Located plan = file.plan();
        String hash = Sha256.hexOf(plan.value().canonicalBytes());
        findings.expect(hash.equals(file.planHash()), "/planHash", "the plan has the hash " + hash);
        findings.expect(
                hash.equals(approval.string("planHash")), approval.at("planHash"), "the plan has the hash " + hash);
        findings.expect(plan.integer("v") == 1, plan.at("v"), "this verifier reads plans of version 1");
        findings.expect(
                plan.string("organizationId").equals(file.root().string("organizationId")),
                plan.at("organizationId"),
                "the plan is of another organization");
        findings.expect(!file.steps().isEmpty(), plan.at("steps"), "a plan has steps");
        Located scope = file.root().object("scope");
        findings.expect(
                scope.string("type").equals("account"), scope.at("type"), "the scope of version 1 is an account");
        long position = 0;
        for (Located step : file.steps()) {
            position++;
            findings.expect(step.integer("position") == position, step.at("position"), "steps are numbered from 1");
            String account =
                    step.string("connectorId") + "/" + step.object("account").string("nativeId");
            findings.expect(account.equals(scope.string("id")), step.pointer(), "the step is outside the scope");
        }
    }

    static void policy(EvidenceFile file, Findings findings) {
        Located evaluation = file.only(EvidenceRecord.Type.ACCESS_EVALUATION);
        Located approval = file.approval();
        for (Located object : List.of(evaluation, approval)) {
            for (String person : List.of("requester", "beneficiary")) {
                findings.expect(
                        object.valueOrNull(person).equals(file.plan().valueOrNull(person)),
                        object.at(person),
                        "the plan names another " + person);
            }
        }
        List<Located> demanded = evaluation.object("policy").objects("stages");
        List<Located> asked = approval.objects("stages");
        findings.expect(!demanded.isEmpty(), evaluation.at("policy/stages"), "a policy has at least one stage");
        findings.expect(
                demanded.size() == asked.size(),
                approval.at("stages"),
                "the policy demands %d stages".formatted(demanded.size()));
        for (int i = 0; i < Math.min(demanded.size(), asked.size()); i++) {
            Located stage = asked.get(i);
            findings.expect(stage.integer("position") == i + 1, stage.at("position"), "stages are numbered from 1");
            findings.expect(stage.integer("quorum") >= 1, stage.at("quorum"), "a quorum is at least one");
            findings.expect(
                    stage.value()
                            .without("position")
                            .equals(demanded.get(i).value().without("position")),
                    stage.pointer(),
                    "the policy demands another stage here");
        }
    }

    static void decisions(EvidenceFile file, Findings findings) {
        Located approval = file.approval();
        Instant expiresAt = approval.instant("expiresAt");
        Instant sealedAt = file.root().instant("sealedAt");
        Map<Long, Set<String>> roles = rolesByStage(approval);
        Set<String> decided = new HashSet<>();
        for (Located decision : approval.objects("decisions")) {
            findings.expect(
                    decision.string("planHash").equals(file.planHash()),
                    decision.at("planHash"),
                    "the decision is about another plan");
            long stage = decision.integer("stage");
            if (!roles.containsKey(stage)) {
                throw decision.refuse("stage", "the approval has no stage " + stage);
            }
            findings.expect(
                    roles.getOrDefault(stage, Set.of()).contains(decision.string("role")),
                    decision.at("role"),
                    "the stage is not decided by this role");
            findings.expect(
                    Set.of(APPROVE, REJECT).contains(decision.string("verdict")),
                    decision.at("verdict"),
                    "a verdict is approve or reject");
            findings.expect(
                    decided.add(stage + " " + member(decision)),
                    decision.at("member"),
                    "the member has decided this stage before");
            Instant at = decision.instant("at");
            findings.expect(!at.isAfter(expiresAt), decision.at("at"), "the approval had expired");
            findings.expect(!at.isAfter(sealedAt), decision.at("at"), "the decision is younger than the package");
        }
    }

    private static Map<Long, Set<String>> rolesByStage(Located approval) {
        return approval.objects("stages").stream()
                .collect(Collectors.toMap(
                        stage -> stage.integer("position"),
                        stage -> Set.copyOf(stage.strings("roles")),
                        (first, _) -> first));
    }

    /** The reference of a member, in its one spelling. */
    private static String member(Located decision) {
        ActorId actor = decision.read("member", ActorId::parse);
        String spelled = actor.isMember() ? decision.read("member", ApprovalChecks::respelled) : "";
        if (!spelled.equals(decision.string("member"))) {
            throw decision.refuse("member", "only members decide, and each is written in one way");
        }
        return spelled;
    }

    private static String respelled(String reference) {
        return ActorId.of(MemberId.parse(ActorId.parse(reference).id())).toString();
    }

    static void separationOfDuties(EvidenceFile file, Findings findings) {
        Set<Json> concerned = Set.copyOf(
                List.of(file.plan().valueOrNull("requester"), file.plan().valueOrNull("beneficiary")));
        findings.expect(
                file.plan().optionalString("requester").isPresent(),
                file.plan().at("requester"),
                "a plan has a requester");
        for (Located decision : file.approval().objects("decisions")) {
            boolean self = concerned.contains(Json.of(member(decision)));
            findings.expect(!self, decision.at("member"), "requester and beneficiary do not decide");
        }
    }

    static void quorum(EvidenceFile file, Findings findings) {
        Located approval = file.approval();
        String state = approval.string("state");
        long rejections = approval.objects("decisions").stream()
                .filter(decision -> decision.string("verdict").equals(REJECT))
                .count();
        switch (state) {
            case GRANTED -> {
                findings.expect(rejections == 0, approval.at("decisions"), "a granted approval has no rejection");
                quorumOfEachStage(approval, findings);
            }
            case "rejected" ->
                findings.expect(rejections > 0, approval.at("decisions"), "a rejected approval has a rejection");
            case "expired", "withdrawn" -> {
                // Ended before everybody had decided: any decisions will do, and nothing may follow from them.
            }
            default -> throw approval.refuse("state", "no approval ends as " + state);
        }
    }

    private static void quorumOfEachStage(Located approval, Findings findings) {
        List<Located> stages = approval.objects("stages");
        if (stages.isEmpty()) {
            throw new JsonException(approval.at("stages"), "an approval has at least one stage");
        }
        Map<Long, List<Located>> approvals = approval.objects("decisions").stream()
                .filter(decision -> decision.string("verdict").equals(APPROVE))
                .collect(Collectors.groupingBy(decision -> decision.integer("stage")));
        long position = 0;
        for (Located stage : stages) {
            position++;
            if (stage.integer("position") != position) {
                throw stage.refuse("position", "stages are numbered from 1");
            }
            Set<String> roles = Set.copyOf(stage.strings("roles"));
            long people = approvals.getOrDefault(position, List.of()).stream()
                    .filter(decision -> roles.contains(decision.string("role")))
                    .map(ApprovalChecks::member)
                    .distinct()
                    .count();
            findings.expect(
                    people >= Math.max(1, stage.integer("quorum")),
                    stage.pointer(),
                    "%d of %d approvals".formatted(people, stage.integer("quorum")));
        }
    }
}
