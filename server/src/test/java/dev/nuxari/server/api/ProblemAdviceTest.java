package dev.nuxari.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.CannotCreateTransactionException;

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

    private static String type(ResponseEntity<Object> answer) {
        return answer.getBody() instanceof ProblemDetail problem ? String.valueOf(problem.getType()) : "no problem";
    }
}
