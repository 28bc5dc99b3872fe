package dev.nuxari.server.api;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.ProblemException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataRetrievalFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.web.context.request.ServletWebRequest;

class ProblemAdviceTest {
    private final ProblemAdvice advice = new ProblemAdvice();

    @Test
    void databaseThatIsDownAsksForPatience() {
        for (Exception down : new Exception[] {
            new CannotCreateTransactionException("no connection to 10.0.0.7"),
            new DataAccessResourceFailureException("the connection to 10.0.0.7 broke")
        }) {
            ResponseEntity<Object> answer = advice.unavailable(down);

            assertThat(answer.getStatusCode().value()).isEqualTo(503);
            assertThat(answer.getHeaders().getFirst("Retry-After")).isEqualTo("5");
            assertThat(String.valueOf(answer.getBody())).doesNotContain("10.0.0.7");
        }
    }

    @Test
    void whoCameSecondMayTryAgain() {
        ResponseEntity<Object> answer = advice.conflict(new CannotAcquireLockException("deadlock detected"));

        assertThat(answer.getStatusCode().value()).isEqualTo(409);
        assertThat(type(answer)).isEqualTo("/problems/conflict");
    }

    @Test
    void defectStaysOpaque() {
        ResponseEntity<Object> answer = advice.defect(new IllegalStateException("the secret is 1234"));

        assertThat(answer.getStatusCode().value()).isEqualTo(500);
        assertThat(type(answer)).isEqualTo("/problems/defect");
        assertThat(String.valueOf(answer.getBody())).doesNotContain("1234", "IllegalState");
    }

    @Test
    void whoAsksTooMuchIsToldWhenToComeBack() {
        ResponseEntity<Object> answer = advice.limited(new RateLimited("Too much.", Duration.ofSeconds(7)));

        assertThat(answer.getStatusCode().value()).isEqualTo(429);
        assertThat(answer.getHeaders().getFirst("Retry-After")).isEqualTo("7");
        assertThat(answer.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
    }

    @Test
    void whoHasNotSignedInIsToldHow() {
        ResponseEntity<Object> answer =
                advice.problem(new ProblemException(ApiProblem.UNAUTHENTICATED, "Sign in first."));

        assertThat(answer.getHeaders().getFirst("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(problem(answer).getTitle()).isEqualTo(ApiProblem.UNAUTHENTICATED.title());
        assertThat(problem(answer).getDetail()).isEqualTo("Sign in first.");
        assertThat(advice.conflict(new CannotAcquireLockException("x")).getHeaders())
                .satisfies(headers ->
                        assertThat(headers.getFirst("WWW-Authenticate")).isNull());
    }

    @Test
    void whatTheDatabaseStopsMayBeTriedAgainLater() {
        for (ResponseEntity<Object> answer : List.of(
                advice.tookTooLong(new QueryTimeoutException("canceling statement")),
                advice.rolledBack(ended("25P03")),
                advice.rolledBack(ended("25P04")))) {
            assertThat(type(answer)).isEqualTo("/problems/took-too-long");
            assertThat(answer.getHeaders().getFirst("Retry-After")).isEqualTo("5");
        }
        assertThat(type(advice.rolledBack(ended("08006")))).isEqualTo("/problems/defect");
        assertThat(type(advice.rolledBack(new TransactionSystemException("no cause"))))
                .isEqualTo("/problems/defect");
    }

    @Test
    void refusalsOfTheDatabaseThatAreTheCallersToKnowAreTold() {
        assertThat(type(refused("42501", "ERROR: x is not an active member of organization y")))
                .isEqualTo("/problems/no-such-organization");
        assertThat(type(refused("42501", "ERROR: no active agent of organization y has this token")))
                .isEqualTo("/problems/unauthenticated");
        assertThat(type(refused("42501", "ERROR: permission denied for table approval")))
                .isEqualTo("/problems/defect");
        assertThat(type(refused("55P03", "canceling statement due to lock timeout")))
                .isEqualTo("/problems/conflict");
        assertThat(type(refused("23505", "duplicate key"))).isEqualTo("/problems/defect");
        assertThat(type(refused("22P02", "invalid input syntax"))).isEqualTo("/problems/defect");
        assertThat(type(advice.refusedByTheDatabase(new DataRetrievalFailureException("none"), asking())))
                .isEqualTo("/problems/defect");
    }

    @Test
    void cursorOfAnotherListIsNone() {
        var asked = new MockHttpServletRequest();
        asked.setParameter("cursor", "abc");

        ResponseEntity<Object> answer = advice.refusedByTheDatabase(
                new UncategorizedSQLException("reading", null, new SQLException("invalid input", "22P02")),
                new ServletWebRequest(asked));

        assertThat(type(answer)).isEqualTo("/problems/invalid-field");
        assertThat(problem(answer).getDetail()).contains("cursor");
    }

    private ResponseEntity<Object> refused(String state, String message) {
        return advice.refusedByTheDatabase(
                new UncategorizedSQLException("writing", null, new SQLException(message, state)), asking());
    }

    private static ServletWebRequest asking() {
        return new ServletWebRequest(new MockHttpServletRequest());
    }

    /** What a transaction throws when the database has ended its connection. */
    private static TransactionSystemException ended(String state) {
        var exception = new TransactionSystemException("could not roll back");
        exception.initApplicationException(
                new UncategorizedSQLException("writing", null, new SQLException("terminating connection", state)));
        return exception;
    }

    private static ProblemDetail problem(ResponseEntity<Object> answer) {
        return (ProblemDetail) requireNonNull(answer.getBody());
    }

    private static String type(ResponseEntity<Object> answer) {
        return answer.getBody() instanceof ProblemDetail problem ? String.valueOf(problem.getType()) : "no problem";
    }
}
