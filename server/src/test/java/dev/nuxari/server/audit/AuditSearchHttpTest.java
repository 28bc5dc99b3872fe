package dev.nuxari.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.PlanHash;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.audit.AuditEvent.Outcome;
import dev.nuxari.server.audit.AuditEvent.Target;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.tenancy.OrganizationScope;
import dev.nuxari.server.testing.ManualClock;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestHttp;
import dev.nuxari.server.testing.TestHttp.Answer;
import dev.nuxari.server.testing.TestOrganization;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Events are found by what they say, and one matter is followed from whichever of its parts. */
@ServerTest
class AuditSearchHttpTest {
    private static final PlanHash PLAN = new PlanHash("a".repeat(64));

    @Autowired
    AuditLog log;

    @Autowired
    OrganizationScope scope;

    @Autowired
    Doorkeeper doorkeeper;

    @Autowired
    ManualClock clock;

    @Autowired
    TestHttp http;

    private TestOrganization organization = TestOrganization.fresh();

    private enum Action implements AuditAction {
        NOTHING_HAPPEN,
        NOTHING_END,
        NOTHINGNESS_END
    }

    @BeforeEach
    void freshOrganization() {
        organization = TestOrganization.fresh();
    }

    @AfterEach
    void clockAsItWas() {
        clock.reset();
    }

    @Test
    void everyFilterFindsWhatSaysItAndNothingElse() {
        UUID request = UUID.randomUUID();
        UUID approval = UUID.randomUUID();
        by(Role.OWNER, AuditEvent.of(Action.NOTHING_HAPPEN, new Target("thing", "one")));
        by(
                Role.ADMIN,
                AuditEvent.of(Action.NOTHING_END, new Target("thing", "two")).outcome(Outcome.REFUSED));
        by(
                Role.ADMIN,
                AuditEvent.of(Action.NOTHINGNESS_END, new Target("other", "one"))
                        .requestId(request));
        by(
                Role.OWNER,
                AuditEvent.of(Action.NOTHING_END, new Target("other", "two")).under(approval, PLAN));
        String owner = organization.member(Role.OWNER).id().toString();

        assertThat(found("")).containsExactly(3L, 2L, 1L, 0L);
        assertThat(found("actor=" + owner)).containsExactly(3L, 0L);
        assertThat(found("actor=member:" + owner)).containsExactly(3L, 0L);
        assertThat(found("actor=system:" + owner)).isEmpty();
        assertThat(found("action=nothing.end")).containsExactly(3L, 1L);
        assertThat(found("action=nothing.")).containsExactly(3L, 1L, 0L);
        assertThat(found("targetType=other")).containsExactly(3L, 2L);
        assertThat(found("targetId=one")).containsExactly(2L, 0L);
        assertThat(found("targetType=other&targetId=one")).containsExactly(2L);
        assertThat(found("outcome=refused")).containsExactly(1L);
        assertThat(found("outcome=succeeded")).containsExactly(3L, 2L, 0L);
        assertThat(found("outcome=failed")).isEmpty();
        assertThat(found("requestId=" + request)).containsExactly(2L);
        assertThat(found("approvalRef=" + approval)).containsExactly(3L);
    }

    @Test
    void filtersHoldTogetherWhicheverOfThemLeads() {
        UUID request = UUID.randomUUID();
        UUID approval = UUID.randomUUID();
        AuditEvent event = AuditEvent.of(Action.NOTHING_END, new Target("thing", "one"))
                .requestId(request)
                .under(approval, PLAN)
                .outcome(Outcome.FAILED);
        Instant start = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        by(Role.OWNER, event);
        String owner = organization.member(Role.OWNER).id().toString();
        List<String> holds = List.of(
                "approvalRef=" + approval,
                "requestId=" + request,
                "targetId=one",
                "targetType=thing",
                "outcome=failed",
                "actor=" + owner,
                "action=nothing.end",
                "from=" + start,
                "to=" + start.plusSeconds(60),
                "following=" + request);
        List<String> doesNotHold = List.of(
                "approvalRef=" + request,
                "requestId=" + approval,
                "targetId=two",
                "targetType=other",
                "outcome=succeeded",
                "actor=" + organization.member(Role.ADMIN).id(),
                "action=nothingness.",
                "from=" + start.plusSeconds(60),
                "to=" + start.minusSeconds(60),
                "following=" + UUID.randomUUID());

        assertThat(found(String.join("&", holds))).containsExactly(0L);
        for (int i = 0; i < holds.size(); i++) {
            List<String> filters = new ArrayList<>(holds);
            filters.set(i, doesNotHold.get(i));
            // A stretch of time that ends before it begins is refused, so the other end goes.
            switch (doesNotHold.get(i).substring(0, 3)) {
                case "fro" -> filters.removeIf(filter -> filter.startsWith("to="));
                case "to=" -> filters.removeIf(filter -> filter.startsWith("from="));
                default -> {}
            }
            assertThat(found(String.join("&", filters))).as(doesNotHold.get(i)).isEmpty();
            assertThat(found(holds.get(i))).as(holds.get(i)).containsExactly(0L);
            assertThat(found(doesNotHold.get(i))).as(doesNotHold.get(i)).isEmpty();
        }
    }

    @Test
    void stretchOfTimeBeginsWithItsFirstInstantAndEndsBeforeItsLast() {
        for (int i = 0; i < 3; i++) {
            clock.advance(Duration.ofMinutes(1));
            by(Role.OWNER, AuditEvent.of(Action.NOTHING_HAPPEN, new Target("thing", "one")));
        }
        List<String> times = auditor().get("/audit-events").items().stream()
                .map(event -> event.string("at"))
                .toList();

        assertThat(found("from=" + times.get(2) + "&to=" + times.get(0))).containsExactly(1L, 0L);
        assertThat(found("from=" + times.get(1))).containsExactly(2L, 1L);
        assertThat(found("to=" + times.get(2))).isEmpty();
    }

    @Test
    void filteredListIsPagedByItsCursor() {
        for (int i = 0; i < 9; i++) {
            Action action = i % 2 == 0 ? Action.NOTHING_HAPPEN : Action.NOTHING_END;
            by(Role.OWNER, AuditEvent.of(action, new Target("thing", "one")));
        }
        List<Long> seen = new ArrayList<>();
        String next = "";
        int pages = 0;
        do {
            Json.Obj page = auditor()
                    .get("/audit-events?limit=2&action=nothing.happen" + next)
                    .json();
            page.objects("items").forEach(event -> seen.add(event.integer("sequence")));
            next = page.optionalString("nextCursor")
                    .map(cursor -> "&cursor=" + cursor)
                    .orElse("");
            pages++;
            by(Role.OWNER, AuditEvent.of(Action.NOTHING_HAPPEN, new Target("thing", "meanwhile")));
        } while (!next.isEmpty() && pages < 10);

        assertThat(seen).containsExactly(8L, 6L, 4L, 2L, 0L);
        assertThat(pages).isEqualTo(3);
    }

    @Test
    void matterIsFollowedFromEachOfItsParts() {
        UUID request = UUID.randomUUID();
        UUID approval = UUID.randomUUID();
        UUID workflow = UUID.randomUUID();
        UUID sealed = UUID.randomUUID();
        by(Role.OWNER, event("request", request).requestId(request).under(approval, PLAN));
        by(
                Role.OWNER,
                event("request", UUID.randomUUID()).requestId(UUID.randomUUID()).under(UUID.randomUUID(), PLAN));
        by(Role.OWNER, event("approval", approval).under(approval, PLAN));
        by(Role.OWNER, event("workflow", workflow).under(approval, PLAN));
        by(Role.OWNER, event("connector", UUID.randomUUID()));
        by(Role.OWNER, event("evidence-package", sealed).requestId(request).under(approval, PLAN));
        by(Role.OWNER, event("evidence-package", sealed));
        by(Role.OWNER, event("request", request).requestId(request));

        for (UUID part : List.of(request, approval, workflow, sealed)) {
            assertThat(found("following=" + part)).containsExactly(7L, 6L, 5L, 3L, 2L, 0L);
        }
        assertThat(found("following=" + approval + "&targetType=evidence-package"))
                .containsExactly(6L, 5L);
        assertThat(auditor().get("/audit-events?targetId=" + approval).items().getFirst())
                .satisfies(event -> {
                    assertThat(event.string("approvalRef")).isEqualTo(approval.toString());
                    assertThat(event.has("requestId")).isFalse();
                });
    }

    @Test
    void nothingOfAnotherOrganizationIsFoundByItsReferences() {
        UUID request = UUID.randomUUID();
        by(Role.OWNER, event("request", request).requestId(request).under(request, PLAN));
        TestHttp.Session other = http.as(TestOrganization.fresh().member(Role.AUDITOR));

        for (String filter : List.of("following=", "requestId=", "approvalRef=", "targetId=")) {
            assertThat(found(filter + request)).as(filter).containsExactly(0L);
            assertThat(other.get("/audit-events?" + filter + request).items())
                    .as(filter)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            actor=somebody                                   | actor is the id of a member
            actor=robot:7                                    | actor is the id of a member
            actor=system:                                    | actor is the id of a member
            actor=system:a%00b                               | actor is the id of a member
            action=approval                                  | action is an action such as
            action=.                                         | action is an action such as
            action=approval.%25                              | action is an action such as
            action=Approval.decide                           | action is an action such as
            targetType=a%20b                                 | targetType is a kind of thing
            targetId=                                        | targetId is one line
            targetId=a%00b                                   | targetId is one line
            from=yesterday                                   | from has a value that is not possible
            from=%2B1000000-01-01T00:00:00Z                  | from is not between the years
            to=-0044-03-15T12:00:00Z                         | to is not between the years
            from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z | to is not after from
            from=2026-02-01T00:00:00Z&to=2026-02-01T00:00:00Z | to is not after from
            outcome=good                                     | outcome has a value that is not possible
            approvalRef=7                                    | approvalRef has a value that is not possible
            requestId=x                                      | requestId has a value that is not possible
            following=x                                      | following has a value that is not possible
            """)
    void filterThatCannotBeMeantIsNamed(String query, String detail) {
        Answer answer = auditor().get("/audit-events?" + query);

        assertThat(answer.problem()).isEqualTo("invalid-field");
        assertThat(answer.json().string("detail")).startsWith(detail);
    }

    @Test
    void cursorOfAnotherListIsRefused() {
        String cursor = auditor().get("/members?limit=1").json().string("nextCursor");

        Answer answer = auditor().get("/audit-events?action=nothing.happen&cursor=" + cursor);

        assertThat(answer.problem()).isEqualTo("invalid-field");
        assertThat(answer.json().string("detail")).isEqualTo("cursor is no cursor of this list");
    }

    private static AuditEvent event(String type, UUID id) {
        return AuditEvent.of(Action.NOTHING_HAPPEN, new Target(type, id));
    }

    private void by(Role role, AuditEvent event) {
        scope.run(organization.id(), organization.caller(doorkeeper, role), () -> log.append(event));
    }

    private List<Long> found(String query) {
        Answer answer = auditor().get("/audit-events?" + query);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.items().stream().map(event -> event.integer("sequence")).toList();
    }

    private TestHttp.Session auditor() {
        return http.as(organization.member(Role.AUDITOR));
    }
}
