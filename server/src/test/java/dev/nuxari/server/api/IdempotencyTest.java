package dev.nuxari.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.ProblemException;
import dev.nuxari.kernel.Role;
import dev.nuxari.server.api.Idempotency.Reply;
import dev.nuxari.server.tenancy.Caller;
import dev.nuxari.server.tenancy.Doorkeeper;
import dev.nuxari.server.testing.ManualClock;
import dev.nuxari.server.testing.ServerTest;
import dev.nuxari.server.testing.TestOrganization;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** The memory of answers, and the filter that asks it, one step at a time. */
@ServerTest
class IdempotencyTest {
    private static final String HASH = "a".repeat(64);

    @Autowired
    Idempotency idempotency;

    @Autowired
    IdempotencyFilter filter;

    @Autowired
    Doorkeeper doorkeeper;

    @Autowired
    ManualClock clock;

    private TestOrganization organization = TestOrganization.fresh();

    @BeforeEach
    void freshOrganization() {
        organization = TestOrganization.fresh();
    }

    @AfterEach
    void resetClock() {
        clock.reset();
    }

    @Test
    void keyIsTakenOnceWhileItIsWorkedOn() {
        assertThat(idempotency.begin(caller(), "k", HASH)).isEmpty();

        assertInProgress();
        clock.advance(Duration.ofMinutes(4));
        assertInProgress();
    }

    @Test
    void keyOfWhoDiedIsTakenOverOnce() {
        idempotency.begin(caller(), "k", HASH);
        clock.advance(Duration.ofMinutes(5));

        assertThat(idempotency.begin(caller(), "k", HASH)).isEmpty();

        clock.advance(Duration.ofMinutes(4));
        assertInProgress();
    }

    @Test
    void releasedKeyIsFree() {
        idempotency.begin(caller(), "k", HASH);

        idempotency.release(caller(), "k");

        assertThat(idempotency.begin(caller(), "k", "b".repeat(64))).isEmpty();
    }

    @Test
    void answerIsRememberedForADay() {
        idempotency.begin(caller(), "k", HASH);
        idempotency.complete(caller(), "k", new Reply(201, "text/plain", "/there", "\"3\"", new byte[] {1, 2}));

        clock.advance(Duration.ofHours(24).minusSeconds(1));

        assertThat(idempotency.begin(caller(), "k", HASH))
                .hasValueSatisfying(reply -> assertThat(reply)
                        .usingRecursiveComparison()
                        .isEqualTo(new Reply(201, "text/plain", "/there", "\"3\"", new byte[] {1, 2})));
        clock.advance(Duration.ofSeconds(2));
        assertThat(idempotency.begin(caller(), "k", HASH)).isEmpty();
    }

    @Test
    void answerIsReplayedWithItsHeaders() throws ServletException, IOException {
        answer((_, response) -> {
            response.setStatus(201);
            response.setHeader("Location", "/there");
            response.setHeader("ETag", "\"3\"");
            response.setContentType("text/plain");
            response.getOutputStream().write('x');
        });

        MockHttpServletResponse second = answer((_, response) -> response.setStatus(418));

        assertThat(second.getStatus()).isEqualTo(201);
        assertThat(second.getHeader("Location")).isEqualTo("/there");
        assertThat(second.getHeader("ETag")).isEqualTo("\"3\"");
        assertThat(second.getContentType()).isEqualTo("text/plain");
        assertThat(second.getContentAsString()).isEqualTo("x");
        assertThat(second.getHeader("Idempotency-Replayed")).isEqualTo("true");
    }

    @Test
    void answerWithoutHeadersIsReplayedWithoutThem() throws ServletException, IOException {
        answer((_, response) -> response.setStatus(204));

        MockHttpServletResponse second = answer((_, response) -> response.setStatus(418));

        assertThat(second.getStatus()).isEqualTo(204);
        assertThat(second.getHeaderNames()).containsExactly("Idempotency-Replayed");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 409, 429, 500, 503})
    void answerThatSaysNothingAboutTheRequestIsNotRemembered(int status) throws ServletException, IOException {
        assertThat(answer((_, response) -> response.setStatus(status)).getStatus())
                .isEqualTo(status);

        MockHttpServletResponse second = answer((_, response) -> response.setStatus(200));

        assertThat(second.getStatus()).isEqualTo(200);
        assertThat(second.getHeader("Idempotency-Replayed")).isNull();
    }

    @Test
    void requestThatFailedMayBeTriedAgain() throws ServletException, IOException {
        assertThatThrownBy(() -> answer((_, _) -> {
                    throw new IllegalStateException("failed");
                }))
                .hasMessage("failed");

        assertThat(answer((_, response) -> response.setStatus(200)).getStatus()).isEqualTo(200);
    }

    @Test
    void onlyPostsOfMembersWithAKeyBelowTheirOrganizationAreRemembered() {
        assertThat(filter.shouldNotFilter(request())).isFalse();

        MockHttpServletRequest read = request();
        read.setMethod("GET");
        assertThat(filter.shouldNotFilter(read)).isTrue();
        MockHttpServletRequest elsewhere = request();
        elsewhere.setRequestURI(
                "/api/v1/organizations/" + TestOrganization.fresh().id() + "/requests");
        assertThat(filter.shouldNotFilter(elsewhere)).isTrue();
        MockHttpServletRequest keyless = request();
        keyless.removeHeader("Idempotency-Key");
        assertThat(filter.shouldNotFilter(keyless)).isTrue();
        MockHttpServletRequest nobodys = request();
        nobodys.clearAttributes();
        assertThat(filter.shouldNotFilter(nobodys)).isTrue();
        MockHttpServletRequest servers = request();
        Callers.admit(servers, doorkeeper.admitSystem(organization.id(), "timers"));
        assertThat(filter.shouldNotFilter(servers)).isTrue();
    }

    private Caller caller() {
        return organization.caller(doorkeeper, Role.OWNER);
    }

    private void assertInProgress() {
        assertThatThrownBy(() -> idempotency.begin(caller(), "k", HASH))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ApiProblem.REQUEST_IN_PROGRESS));
    }

    private interface Answer {
        void to(MockHttpServletRequest request, HttpServletResponse response) throws IOException;
    }

    private MockHttpServletRequest request() {
        var request = new MockHttpServletRequest("POST", "/api/v1/organizations/" + organization.id() + "/requests");
        request.addHeader("Idempotency-Key", "k");
        Callers.admit(request, caller());
        return request;
    }

    private MockHttpServletResponse answer(Answer answer) throws ServletException, IOException {
        MockHttpServletRequest request = request();
        var response = new MockHttpServletResponse();
        FilterChain chain = (_, wrapped) -> answer.to(request, (HttpServletResponse) wrapped);
        filter.doFilter(request, response, chain);
        return response;
    }
}
