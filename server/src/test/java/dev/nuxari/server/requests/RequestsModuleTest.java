package dev.nuxari.server.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.kernel.Sha256;
import dev.nuxari.server.access.Account;
import dev.nuxari.server.access.Catalogue;
import dev.nuxari.server.access.EntitlementId;
import dev.nuxari.server.access.Standing;
import dev.nuxari.server.api.PageRequest;
import dev.nuxari.server.approvals.Answer.Verdict;
import dev.nuxari.server.approvals.Approval;
import dev.nuxari.server.approvals.Approvals;
import dev.nuxari.server.approvals.Question;
import dev.nuxari.server.approvals.Ruling;
import dev.nuxari.server.requests.Request.State;
import dev.nuxari.server.requests.RequestGround.Ground;
import dev.nuxari.server.requests.Submission.Refused;
import dev.nuxari.server.requests.Submission.Submitted;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.testing.ManualClock;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestDatabase;
import dev.nuxari.server.workflow.Operation;
import dev.nuxari.server.workflow.Plan;
import dev.nuxari.server.workflow.StepValidated;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;

/** From a wish to a question, and what the answer does, on a real database. */
@ServerTest
class RequestsModuleTest {
    @Autowired
    Requests requests;

    @Autowired
    Approvals approvals;

    @Autowired
    Catalogue catalogue;

    @Autowired
    RequestGround grounds;

    @Autowired
    OrganizationScope scope;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    ManualClock clock;

    @SuppressWarnings("NullAway.Init")
    private Ground ground;

    @SuppressWarnings("NullAway.Init")
    private Caller requester;

    @SuppressWarnings("NullAway.Init")
    private Caller approver;

    @BeforeEach
    void givenObservedSystems() {
        ground = grounds.fresh();
        requester = ground.caller(Role.REQUESTER);
        approver = ground.caller(Role.APPROVER);
    }

    @AfterEach
    void backToNow() {
        clock.reset();
    }

    @Test
    @Claim({"A5", "V3"})
    void wishBecomesARequestWithAQuestionAboutItsExactPlan() {
        Request request = submit(requester, grant("wiki"));

        Question question = question(request);
        assertThat(request.state()).isEqualTo(State.SUBMITTED);
        assertThat(request.question().plan()).isEqualTo(question.planHash());
        assertThat(Sha256.hexOf(question.plan().getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(question.planHash().hex());
        Plan plan = plan(request);
        assertThat(plan.request()).isEqualTo(request.id().value());
        assertThat(plan.requester()).isEqualTo(requester.id());
        assertThat(plan.beneficiary()).contains(requester.memberId());
        assertThat(plan.steps()).singleElement().satisfies(step -> {
            assertThat(step.operation()).isEqualTo(Operation.GRANT);
            assertThat(step.connectorName()).isEqualTo("Directory");
            assertThat(step.account().nativeId()).isEqualTo("requester");
        });
        assertThat(ground.outcomes("request.submit")).containsExactly("succeeded");
        assertThat(ground.outcomes("approval.open")).containsExactly("succeeded");
        assertThat(reread(request)).isEqualTo(request);
    }

    @Test
    void riskOfTheEntitlementPicksTheStages() {
        assertThat(question(submit(requester, grant("wiki"))).policy().stages()).hasSize(1);
        assertThat(question(submit(requester, grant("domain admins"))).policy().stages())
                .hasSize(2);
    }

    @Test
    void refusedWishLeavesAnAuditEventAndNothingElse() {
        Account requesters = ground.account("requester");
        Account strangers = ground.account("stranger");
        EntitlementId wiki = ground.entitlement("wiki").id();
        EntitlementId reports = ground.entitlement("reports").id();
        List<Integer> before = ground.rows();

        assertThat(refusal(requester, wish(Operation.GRANT, new EntitlementId(UUID.randomUUID()), null)))
                .isEqualTo(RequestRefusal.NO_SUCH_ENTITLEMENT);
        assertThat(refusal(requester, wish(Operation.GRANT, reports, null)))
                .isEqualTo(RequestRefusal.NO_ACCOUNT_IN_SYSTEM);
        assertThat(refusal(requester, wish(Operation.GRANT, reports, requesters)))
                .isEqualTo(RequestRefusal.ENTITLEMENT_OF_ANOTHER_SYSTEM);
        assertThat(refusal(requester, wish(Operation.GRANT, wiki, strangers))).isEqualTo(RequestRefusal.NOT_PERMITTED);
        assertThat(refusal(requester, grant("payroll"))).isEqualTo(RequestRefusal.ALREADY_HELD);
        assertThat(refusal(requester, wish(Operation.REVOKE, wiki, null))).isEqualTo(RequestRefusal.NOT_HELD);
        assertThat(refusal(approver, wish(Operation.GRANT, wiki, ground.account("retired"))))
                .isEqualTo(RequestRefusal.ACCOUNT_DISABLED);

        assertThat(ground.rows()).isEqualTo(before);
        assertThat(ground.outcomes("request.submit")).hasSize(7).containsOnly("refused");
        assertThat(ground.lastEvent()).contains("\"refusal\":\"account-disabled\"");
    }

    @Test
    @Claim("T1")
    void whatBelongsToAnotherOrganizationLooksLikeNothing() {
        Ground other = grounds.fresh();
        Request theirs = submit(other.caller(Role.REQUESTER), wishOf(other, "wiki"));

        assertThat(refusal(
                        approver,
                        wish(Operation.GRANT, other.entitlement("wiki").id(), null)))
                .isEqualTo(RequestRefusal.NO_SUCH_ENTITLEMENT);
        assertThat(refusal(
                        approver,
                        wish(Operation.GRANT, ground.entitlement("wiki").id(), other.account("requester"))))
                .isEqualTo(RequestRefusal.NO_SUCH_ACCOUNT);
        assertThat(requests.find(approver.organization(), approver, theirs.id()))
                .isEmpty();
        assertThat(requests.cancel(approver.organization(), approver, theirs.id()))
                .isEqualTo(new Cancellation.Refused(RequestRefusal.NO_SUCH_REQUEST));
    }

    @Test
    void whatIsCalledByASecretIsNotPlanned() {
        assertThat(refusal(requester, grant("secret="))).isEqualTo(RequestRefusal.SECRET_IN_PLAN);
    }

    @Test
    void whoeverGetsTheAccessDoesNotDecideEvenIfSomebodyElseAsked() {
        Request request = submit(
                ground.caller(Role.ADMIN),
                wish(Operation.GRANT, ground.entitlement("wiki").id(), ground.account("approver")));

        assertThat(request.beneficiary()).isEqualTo(approver.memberId());
        assertThat(decide(approver, request, Verdict.APPROVE)).isInstanceOf(Ruling.Refused.class);
    }

    @Test
    void requestIsDecidedWithItsApproval() {
        Request granted = submit(requester, grant("wiki"));
        Request rejected = submit(requester, grant("wiki"));

        decide(approver, granted, Verdict.APPROVE);
        decide(approver, rejected, Verdict.REJECT);

        assertThat(reread(granted).state()).isEqualTo(State.DECIDED);
        assertThat(reread(granted).decidedAt()).isNotNull();
        assertThat(reread(rejected).state()).isEqualTo(State.DECIDED);
    }

    @Test
    void requestThatNobodyDecidedInTimeIsSettled() {
        Request request = submit(requester, grant("wiki"));
        clock.advance(
                Duration.between(clock.instant(), question(request).expiresAt()).plusSeconds(1));

        approvals.expire(
                requester.organization(),
                ground.caller(Role.ADMIN),
                request.question().approval());

        assertThat(reread(request).state()).isEqualTo(State.DECIDED);
    }

    @Test
    void requesterTakesAnOpenRequestBackOnce() {
        Request request = submit(requester, grant("wiki"));

        assertThat(requests.cancel(requester.organization(), requester, request.id()))
                .isInstanceOf(Cancellation.Cancelled.class);
        assertThat(requests.cancel(requester.organization(), requester, request.id()))
                .isEqualTo(new Cancellation.Refused(RequestRefusal.REQUEST_SETTLED));

        assertThat(reread(request).state()).isEqualTo(State.CANCELLED);
        assertThat(approval(request)).isInstanceOf(Approval.Withdrawn.class);
        assertThat(ground.outcomes("request.cancel")).containsExactly("succeeded", "refused");
    }

    @Test
    void settledRequestIsNotOpenedAgainByHand() {
        Request request = submit(requester, grant("wiki"));
        requests.cancel(requester.organization(), requester, request.id());

        assertThatThrownBy(() -> TestDatabase.beyondTheWalls()
                        .sql("UPDATE request SET state = 'submitted', decided_at = NULL WHERE request_id = ?")
                        .param(request.id().value())
                        .update())
                .hasStackTraceContaining("is settled");
    }

    @Test
    void nobodyElseTakesARequestBack() {
        Request request = submit(requester, grant("wiki"));

        assertThat(requests.cancel(approver.organization(), approver, request.id()))
                .isEqualTo(new Cancellation.Refused(RequestRefusal.NOT_PERMITTED));
        assertThat(reread(request).state()).isEqualTo(State.SUBMITTED);
    }

    @RepeatedTest(20)
    void requestIsEitherDecidedOrTakenBack() throws Exception {
        Request request = submit(requester, grant("wiki"));

        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Object> decide = () -> decide(approver, request, Verdict.REJECT);
            Callable<Object> cancel = () -> requests.cancel(requester.organization(), requester, request.id());
            for (var outcome : executor.invokeAll(List.of(decide, cancel))) {
                outcome.get();
            }
        }

        boolean withdrawn = approval(request) instanceof Approval.Withdrawn;
        assertThat(reread(request).state()).isEqualTo(withdrawn ? State.CANCELLED : State.DECIDED);
        assertThat(ground.outcomes("request.cancel")).containsExactly(withdrawn ? "succeeded" : "refused");
    }

    @Test
    void requesterSeesTheirOwnAndWhatIsAboutThem() {
        Request own = submit(requester, grant("wiki"));
        Request about = submit(
                approver, wish(Operation.GRANT, ground.entitlement("wiki").id(), ground.account("requester")));
        Request others = submit(
                approver, wish(Operation.GRANT, ground.entitlement("wiki").id(), ground.account("stranger")));

        assertThat(list(requester, false)).containsExactly(about, own);
        assertThat(list(approver, false)).containsExactly(others, about, own);
        assertThat(list(approver, true)).containsExactly(others, about);
        assertThat(requests.find(requester.organization(), requester, others.id()))
                .isEmpty();
    }

    @Test
    @Claim("O1")
    void validatedGrantStandsInBothBooks() {
        Request request = submit(requester, grant("wiki"));

        validated(request);

        assertThat(standing("requester", "wiki")).isEqualTo(new Standing(true, true));
    }

    @Test
    void validatedRevocationStandsInNeitherBook() {
        Request request = submit(
                requester, wish(Operation.REVOKE, ground.entitlement("payroll").id(), null));

        validated(request);

        assertThat(standing("requester", "payroll")).isEqualTo(new Standing(false, false));
    }

    @Test
    void validatedDisablingDisablesTheAccount() {
        Request request = submit(
                approver,
                new Wish(Operation.DISABLE, null, ground.account("stranger").id(), "left"));

        validated(request);

        assertThat(ground.account("stranger").state()).isEqualTo(Account.State.DISABLED);
    }

    private void validated(Request request) {
        Plan plan = plan(request);
        scope.run(
                approver.organization(),
                approver,
                () -> events.publishEvent(new StepValidated(
                        approver.organization(),
                        approver,
                        request.question().workflow(),
                        request.question().approval(),
                        plan.steps().getFirst(),
                        clock.instant())));
    }

    private Standing standing(String account, String entitlement) {
        return catalogue.standing(
                approver.organization(),
                approver,
                ground.account(account).id(),
                ground.entitlement(entitlement).id());
    }

    private Wish grant(String entitlement) {
        return wishOf(ground, entitlement);
    }

    private static Wish wishOf(Ground ground, String entitlement) {
        return new Wish(Operation.GRANT, ground.entitlement(entitlement).id(), null, "on the team now");
    }

    private static Wish wish(Operation operation, EntitlementId entitlement, @Nullable Account account) {
        return new Wish(operation, entitlement, account == null ? null : account.id(), "on the team now");
    }

    private Request submit(Caller caller, Wish wish) {
        Submission submission = requests.submit(caller.organization(), caller, wish);
        assertThat(submission).isInstanceOf(Submitted.class);
        return ((Submitted) submission).report().request();
    }

    private RequestRefusal refusal(Caller caller, Wish wish) {
        Submission submission = requests.submit(caller.organization(), caller, wish);
        assertThat(submission).isInstanceOf(Refused.class);
        return ((Refused) submission).refusal();
    }

    private List<Request> list(Caller caller, boolean mine) {
        return requests.list(caller.organization(), caller, new RequestFilter(mine, null), PageRequest.first())
                .map(RequestReport::request)
                .items();
    }

    private Request reread(Request request) {
        return requests.find(approver.organization(), approver, request.id())
                .orElseThrow()
                .request();
    }

    private Approval approval(Request request) {
        return approvals
                .find(approver.organization(), approver, request.question().approval())
                .orElseThrow();
    }

    private Question question(Request request) {
        return approval(request).question();
    }

    private Plan plan(Request request) {
        return Plan.parse(Json.parseObject(question(request).plan()));
    }

    private Ruling decide(Caller by, Request request, Verdict verdict) {
        return approvals.decide(
                by.organization(),
                by,
                request.question().approval(),
                new Approvals.Word(verdict, "checked", request.question().plan()));
    }
}
