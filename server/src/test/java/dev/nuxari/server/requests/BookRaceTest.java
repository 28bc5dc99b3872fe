package dev.nuxari.server.requests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.access.Catalogue;
import dev.nuxari.server.access.ObservedSystem;
import dev.nuxari.server.access.Standing;
import dev.nuxari.server.approvals.Approvals;
import dev.nuxari.server.connectors.Observed;
import dev.nuxari.server.requests.RequestGround.Ground;
import dev.nuxari.server.requests.Submission.Submitted;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.workflow.Operation;
import dev.nuxari.server.workflow.Plan;
import dev.nuxari.server.workflow.StepValidated;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;

/** A long look at a whole system, and a workflow that changes it meanwhile: the later sight counts. */
@ServerTest
class BookRaceTest {
    @Autowired
    Requests requests;

    @Autowired
    Approvals approvals;

    @Autowired
    Catalogue catalogue;

    @Autowired
    ObservedSystem system;

    @Autowired
    RequestGround grounds;

    @Autowired
    OrganizationScope scope;

    @Autowired
    ApplicationEventPublisher events;

    @Autowired
    InstantSource clock;

    @SuppressWarnings("NullAway.Init")
    private Ground ground;

    @SuppressWarnings("NullAway.Init")
    private Caller admin;

    @BeforeEach
    void givenObservedSystems() {
        ground = grounds.fresh();
        admin = ground.caller(Role.ADMIN);
    }

    @Test
    void whatAWorkflowGrantedDuringALookIsNotForgotten() {
        Instant lookedFrom = clock.instant();
        validated(submit(Operation.GRANT, "wiki"));

        look(ground.directory(), lookedFrom);

        assertThat(standing("wiki")).isEqualTo(new Standing(true, true));
    }

    @Test
    void whatAWorkflowRevokedDuringALookDoesNotComeBack() {
        Instant lookedFrom = clock.instant();
        validated(submit(Operation.REVOKE, "payroll"));

        look(ground.directory(), lookedFrom);

        assertThat(standing("payroll")).isEqualTo(new Standing(false, false));
    }

    @Test
    void lookThatBeganLaterKnowsBetter() {
        validated(submit(Operation.GRANT, "wiki"));

        look(ground.directory(), clock.instant());

        assertThat(standing("wiki")).isEqualTo(new Standing(true, false));
    }

    @RepeatedTest(20)
    void lookAndWorkflowThatEndAtOnceBothCount() throws Exception {
        Instant lookedFrom = clock.instant();
        Request grant = submit(Operation.GRANT, "wiki");
        Request revoke = submit(Operation.REVOKE, "payroll");

        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Object> look = () -> look(ground.directory(), lookedFrom);
            Callable<Object> first = () -> validated(grant);
            Callable<Object> second = () -> validated(revoke);
            for (var end : executor.invokeAll(List.of(look, first, second))) {
                end.get();
            }
        }

        assertThat(standing("wiki")).isEqualTo(new Standing(true, true));
        assertThat(standing("payroll")).isEqualTo(new Standing(false, false));
    }

    private Object look(Observed seen, Instant lookedFrom) {
        return system.observe(admin, ground.directoryId(), seen, lookedFrom);
    }

    private Request submit(Operation operation, String entitlement) {
        var wish = new Wish(
                operation,
                ground.entitlement(entitlement).id(),
                ground.account("requester").id(),
                "on the team now");
        return ((Submitted) requests.submit(admin.organization(), admin, wish))
                .report()
                .request();
    }

    private Object validated(Request request) {
        Plan plan = Plan.parse(Json.parseObject(approvals
                .find(admin.organization(), admin, request.question().approval())
                .orElseThrow()
                .question()
                .plan()));
        scope.run(
                admin.organization(),
                admin,
                () -> events.publishEvent(new StepValidated(
                        admin.organization(),
                        admin,
                        request.question().workflow(),
                        request.question().approval(),
                        plan.steps().getFirst(),
                        clock.instant())));
        return request;
    }

    private Standing standing(String entitlement) {
        return catalogue.standing(
                admin.organization(),
                admin,
                ground.account("requester").id(),
                ground.entitlement(entitlement).id());
    }
}
