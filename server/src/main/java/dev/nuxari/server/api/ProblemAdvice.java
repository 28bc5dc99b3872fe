package dev.nuxari.server.api;

import dev.nuxari.kernel.ProblemException;
import dev.nuxari.kernel.ProblemType;
import dev.nuxari.server.tenancy.TenancyProblem;
import java.net.URI;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/**
 * The only place where a failure becomes an HTTP response (RFC 9457). The superclass knows the framework's own failures; each
 * gets a type of its own here.
 */
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {
    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);
    private static final String RETRY_AFTER_SECONDS = "5";

    /** RFC 6750, section 3, and RFC 9449, section 7.1. */
    private static final List<String> CHALLENGES = List.of("Bearer", "DPoP algs=\"ES256 RS256 PS256\"");

    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final String DATA_EXCEPTION = "22";
    /** SQLSTATE character_not_in_repertoire: U+0000 in a parameter of the query. */
    private static final String NO_SUCH_CHARACTER = "22021";

    private static final String LOCK_NOT_AVAILABLE = "55P03";
    /** SQLSTATE idle_in_transaction_session_timeout and transaction_timeout. */
    private static final Set<String> TIME_LIMITS = Set.of("25P03", "25P04");

    /** Its agent was revoked, or its token replaced, since the request was let in. */
    private static final String NO_AGENT = "no active agent of organization";

    private static final Pattern DOOR = Pattern.compile("cannot enter organization|is not an active member of");

    @ExceptionHandler
    ResponseEntity<Object> problem(ProblemException exception) {
        log.debug("{}", exception.type().slug(), exception);
        return answer(exception.type(), exception.getMessage());
    }

    @ExceptionHandler
    ResponseEntity<Object> limited(RateLimited exception) {
        return answerAfter(
                Long.toString(exception.retryAfter().toSeconds()), ApiProblem.RATE_LIMITED, exception.getMessage());
    }

    /** RFC 9470 for programs; for a browser, where to go. */
    @ExceptionHandler
    ResponseEntity<Object> stepUp(StepUpRequired exception) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.WWW_AUTHENTICATE, exception.stepUp().challenge());
        ProblemDetail problem = detail(exception.type(), exception.getMessage());
        problem.setProperty("signIn", exception.stepUp().start());
        return answer(exception.type(), problem, headers);
    }

    @ExceptionHandler
    ResponseEntity<Object> invalid(InvalidField exception) {
        return answer(ApiProblem.INVALID_FIELD, exception.name() + " " + exception.getMessage());
    }

    /** Somebody else was faster, or held the row too long. Nothing has happened; asking again is enough. */
    @ExceptionHandler
    ResponseEntity<Object> conflict(ConcurrencyFailureException exception) {
        return conflicting(exception);
    }

    private static ResponseEntity<Object> conflicting(Exception exception) {
        log.debug("conflict", exception);
        return answer(ApiProblem.CONFLICT, "Somebody else is changing the same thing. Try again.");
    }

    @ExceptionHandler({
        CannotCreateTransactionException.class,
        DataAccessResourceFailureException.class,
        DependencyDown.class
    })
    ResponseEntity<Object> unavailable(Exception exception) {
        log.warn("a dependency does not answer: {}", exception.getMessage());
        return answerAfter(RETRY_AFTER_SECONDS, ApiProblem.UNAVAILABLE, "Try again in a few seconds.");
    }

    /** Stopped by the database, so that others have their turn. Nothing has happened. */
    @ExceptionHandler
    ResponseEntity<Object> tookTooLong(QueryTimeoutException exception) {
        return stopped(exception);
    }

    /** The database ended a transaction that lasted too long by ending its connection: there was nothing to roll back. */
    @ExceptionHandler
    ResponseEntity<Object> rolledBack(TransactionSystemException exception) {
        boolean tooLong = exception.getApplicationException() instanceof DataAccessException reason
                && reason.getMostSpecificCause() instanceof SQLException ended
                && TIME_LIMITS.contains(String.valueOf(ended.getSQLState()));
        return tooLong ? stopped(exception) : defect(exception);
    }

    private static ResponseEntity<Object> stopped(Exception exception) {
        log.warn("a statement took too long, trace {}: {}", TraceId.current(), exception.getMessage());
        return answerAfter(
                RETRY_AFTER_SECONDS, ApiProblem.TOOK_TOO_LONG, "Ask for less at once, or try again in a few seconds.");
    }

    /**
     * Some refusals of the database are the caller's to know: its door did not open, because the organization is unknown or
     * suspended or the member has just been removed; a cursor belongs to another list; a row stayed locked for too long,
     * which Spring does not count among the failures of concurrency.
     */
    @ExceptionHandler
    ResponseEntity<Object> refusedByTheDatabase(DataAccessException exception, WebRequest request) {
        if (!(exception.getMostSpecificCause() instanceof SQLException refused)) {
            return defect(exception);
        }
        String state = String.valueOf(refused.getSQLState());
        if (state.equals(INSUFFICIENT_PRIVILEGE)
                && DOOR.matcher(String.valueOf(refused.getMessage())).find()) {
            return answer(TenancyProblem.NO_SUCH_ORGANIZATION, "No organization of yours answers to this address.");
        }
        if (isRefusal(refused, NO_AGENT)) {
            return answer(ApiProblem.UNAUTHENTICATED, "The token opens nothing any more.");
        }
        if (isRefusal(refused, "the ticket has expired")) {
            log.error("the clock of this machine is behind the database's, or it was stopped for long");
            return unavailable(exception);
        }
        if (state.startsWith(DATA_EXCEPTION) && request.getParameter("cursor") != null) {
            return answer(ApiProblem.INVALID_FIELD, "cursor is no cursor of this list");
        }
        if (state.equals(NO_SUCH_CHARACTER)) {
            return answer(ApiProblem.INVALID_FIELD, "a parameter holds a character that no text has");
        }
        return state.equals(LOCK_NOT_AVAILABLE) ? conflicting(exception) : defect(exception);
    }

    private static boolean isRefusal(SQLException refused, String words) {
        return INSUFFICIENT_PRIVILEGE.equals(refused.getSQLState())
                && String.valueOf(refused.getMessage()).contains(words);
    }

    @ExceptionHandler
    ResponseEntity<Object> defect(Exception exception) {
        ResponseEntity<Object> answer =
                answer(ApiProblem.DEFECT, "The operator finds the cause in the log, under the trace id.");
        log.error("Unhandled failure, trace {}", TraceId.current(), exception);
        return answer;
    }

    /** Every failure of the framework comes by here, after the superclass has found its status. */
    @Override
    protected ResponseEntity<Object> handleExceptionInternal(
            Exception exception,
            @Nullable Object body,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        FrameworkFailure failure = FrameworkFailure.of(exception, status);
        if (failure.type() == ApiProblem.DEFECT) {
            return defect(exception);
        }
        log.debug("{}", failure.type().slug(), exception);
        return answer(failure.type(), failure.detail(), headers, failure.errors());
    }

    private static ResponseEntity<Object> answerAfter(String seconds, ProblemType type, @Nullable String detail) {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, seconds);
        return answer(type, detail, headers, List.of());
    }

    private static ResponseEntity<Object> answer(ProblemType type, @Nullable String detail) {
        return answer(type, detail, new HttpHeaders(), List.of());
    }

    private static ResponseEntity<Object> answer(
            ProblemType type, @Nullable String detail, HttpHeaders headers, List<FrameworkFailure.At> errors) {
        ProblemDetail problem = detail(type, detail);
        if (!errors.isEmpty()) {
            problem.setProperty(
                    "errors",
                    errors.stream()
                            .map(error -> Map.of("pointer", error.pointer(), "detail", error.detail()))
                            .toList());
        }
        return answer(type, problem, headers);
    }

    private static ProblemDetail detail(ProblemType type, @Nullable String detail) {
        ProblemDetail problem = ProblemDetail.forStatus(type.status());
        problem.setType(URI.create("/problems/" + type.slug()));
        problem.setTitle(type.title());
        problem.setDetail(detail);
        problem.setProperty("traceId", TraceId.current());
        return problem;
    }

    private static ResponseEntity<Object> answer(ProblemType type, ProblemDetail problem, HttpHeaders headers) {
        HttpHeaders all = new HttpHeaders();
        all.putAll(headers);
        // Set before anybody negotiates: a problem is a problem, whatever media type was asked for.
        all.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (type.status() == 401) {
            all.addAll(HttpHeaders.WWW_AUTHENTICATE, CHALLENGES);
        }
        return ResponseEntity.status(type.status()).headers(all).body(problem);
    }
}
