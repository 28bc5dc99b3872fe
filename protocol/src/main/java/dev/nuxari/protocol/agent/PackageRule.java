package dev.nuxari.protocol.agent;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.kernel.Sha256;
import dev.nuxari.protocol.KeyName;
import dev.nuxari.protocol.agent.LogJudgement.Broken;
import dev.nuxari.protocol.agent.LogJudgement.Continued;
import dev.nuxari.transparency.InclusionProof;
import dev.nuxari.transparency.MerkleHash;
import dev.nuxari.transparency.Verification.Verified;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** One thing that must hold of a package that the action key has signed, and what it is called when it does not. */
record PackageRule(Rejection broken, Predicate<PackageCase> holds) {
    /** How far two clocks may be apart. */
    private static final Duration SKEW = Duration.ofSeconds(60);

    private static final Duration LONGEST_WINDOW = Duration.ofDays(7);

    private static final List<PackageRule> BEFORE_THE_LOG = List.of(
            new PackageRule(Rejection.KEY_NOT_VALID, PackageRule::isOfKeysTime),
            new PackageRule(Rejection.OTHER_ORGANIZATION, PackageRule::isOfOrganization),
            new PackageRule(
                    Rejection.OTHER_AGENT,
                    order -> order.order().agent().equals(order.remembered().agent())),
            new PackageRule(
                    Rejection.CLOCK_BEHIND,
                    order -> !order.now().plus(SKEW).isBefore(order.remembered().clockMark())),
            new PackageRule(
                    Rejection.TOO_EARLY,
                    order -> !order.now().plus(SKEW).isBefore(order.order().notBefore())),
            new PackageRule(
                    Rejection.EXPIRED,
                    order -> order.now().minus(SKEW).isBefore(order.order().expiresAt())),
            new PackageRule(Rejection.WINDOW_TOO_LONG, PackageRule::isShort),
            new PackageRule(Rejection.REPLAYED, PackageRule::isUnseen),
            new PackageRule(
                    Rejection.SEQUENCE_ROLLED_BACK,
                    order -> order.order().sequence() > order.remembered().sequence()),
            new PackageRule(Rejection.PLAN_ALTERED, PackageRule::hasItsPlan),
            new PackageRule(Rejection.ACTION_NOT_THE_STEP, PackageRule::isTheStep),
            new PackageRule(Rejection.PLAN_TOO_OLD, PackageRule::isRecent),
            new PackageRule(
                    Rejection.STEP_DONE,
                    order -> !order.remembered()
                            .stepsDone()
                            .contains(order.order().stepRef())),
            new PackageRule(Rejection.OTHER_APPROVAL, PackageRule::isItsApproval),
            new PackageRule(Rejection.NOT_GRANTED, PackageRule::grants));

    private static final List<PackageRule> AFTER_THE_LOG = List.of(
            new PackageRule(Rejection.NOT_IN_LOG, PackageRule::isInLog),
            new PackageRule(Rejection.UNKNOWN_ACTION, PackageRule::isKnown),
            new PackageRule(Rejection.PARAMETER_INVALID, PackageRule::isWellFormed),
            new PackageRule(
                    Rejection.NOT_ALLOWED,
                    order -> ActionType.find(order.order().type())
                            .filter(order.policy()::allows)
                            .isPresent()),
            new PackageRule(
                    Rejection.PARAMETER_NOT_ALLOWED,
                    order -> ActionType.find(order.order().type())
                            .filter(type -> order.standpoint()
                                    .policy()
                                    .admits(type, order.order().parameters()))
                            .isPresent()),
            new PackageRule(
                    Rejection.ASSERTIONS_MISSING, order -> order.policy().isSatisfiedBy(order.order())));

    /** The first that does not hold. */
    static Optional<Rejection> objection(PackageCase order) {
        return first(BEFORE_THE_LOG, order)
                .or(() -> order.log() instanceof Broken broken ? Optional.of(broken.reason()) : Optional.empty())
                .or(() -> first(AFTER_THE_LOG, order));
    }

    private static Optional<Rejection> first(List<PackageRule> rules, PackageCase order) {
        return rules.stream()
                .filter(rule -> !rule.isKept(order))
                .map(PackageRule::broken)
                .findFirst();
    }

    /** What cannot be read does not hold. */
    private boolean isKept(PackageCase order) {
        try {
            return holds.test(order);
        } catch (JsonException | DateTimeException e) {
            return false;
        }
    }

    private static boolean isOfKeysTime(PackageCase order) {
        return !order.order()
                .notBefore()
                .isBefore(order.remembered().keys().key(KeyName.ACTION).notBefore());
    }

    private static boolean isOfOrganization(PackageCase order) {
        Json own = Json.of(order.remembered().organization());
        return Json.of(order.order().organization()).equals(own)
                && order.order().planMember("organizationId").equals(own);
    }

    private static boolean isShort(PackageCase order) {
        ActionPackage it = order.order();
        return Duration.between(it.notBefore(), it.expiresAt()).compareTo(LONGEST_WINDOW) <= 0;
    }

    private static boolean isUnseen(PackageCase order) {
        ActionPackage it = order.order();
        return !order.remembered().seen().contains(it.nonce())
                && !order.remembered().seen().contains(it.packageId().toString());
    }

    private static boolean hasItsPlan(PackageCase order) {
        return Sha256.hexOf(order.order().plan().canonicalBytes())
                .equals(order.order().planHash().hex());
    }

    private static boolean isTheStep(PackageCase order) {
        ActionPackage it = order.order();
        List<Json.Obj> steps = it.plan().objects("steps").stream()
                .filter(step -> step.integer("position") == it.step())
                .toList();
        Json.Obj expected = it.action().with("agentId", order.remembered().agent());
        return steps.size() == 1 && steps.getFirst().object("action").equals(expected);
    }

    private static boolean isRecent(PackageCase order) {
        Instant created = Instant.parse(order.order().plan().string("createdAt"));
        Duration age = Duration.between(created, order.now());
        return created.isAfter(order.remembered().planMark())
                && age.plus(SKEW).isPositive()
                && age.compareTo(order.policy().maximumPlanAge()) <= 0;
    }

    private static boolean isItsApproval(PackageCase order) {
        ActionPackage it = order.order();
        Json.Obj target = it.event().object("target");
        Json approval = Json.of(it.approvalRef());
        return it.event().member("planHash").equals(Json.of(it.planHash()))
                && it.event().member("approvalRef").equals(approval)
                && target.string("type").equals("approval")
                && target.member("id").equals(approval);
    }

    private static boolean grants(PackageCase order) {
        ActionPackage it = order.order();
        Json.Obj event = it.event();
        return event.string("action").equals("approval.decide")
                && event.string("outcome").equals("succeeded")
                && event.member("organizationId").equals(Json.of(it.organization()))
                && event.integer("sequence") == it.eventIndex()
                && event.object("metadata").string("state").equals("granted");
    }

    private static boolean isInLog(PackageCase order) {
        if (!(order.log() instanceof Continued(var _, var checkpoint))) {
            return false;
        }
        ActionPackage it = order.order();
        try {
            List<MerkleHash> path = order.delivery().inclusionProof().stream()
                    .map(MerkleHash::parse)
                    .toList();
            return new InclusionProof(it.eventIndex(), checkpoint.size(), path)
                            .verify(MerkleHash.leaf(it.event().canonicalBytes()), checkpoint.root())
                    instanceof Verified;
        } catch (IllegalArgumentException e) {
            return false; // no hashes, or an index that the tree does not have
        }
    }

    private static boolean isKnown(PackageCase order) {
        return ActionType.find(order.order().type())
                .filter(order.standpoint().actions()::contains)
                .isPresent();
    }

    private static boolean isWellFormed(PackageCase order) {
        return ActionType.find(order.order().type())
                .filter(type -> type.parameters().admits(order.order().parameters()))
                .isPresent();
    }
}
