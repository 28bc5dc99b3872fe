package dev.nuxari.server.api;

import dev.nuxari.kernel.ProblemType;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** What a failure of the framework is called on the wire. */
record FrameworkFailure(ProblemType type, String detail, List<At> errors) {
    /** Where in the body something is wrong, as a JSON Pointer (RFC 6901). */
    record At(String pointer, String detail) {}

    /** What may be the name of a field, or a number; what else is sent as one is not repeated. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,23}|\\d{1,9}");

    private static FrameworkFailure of(ProblemType type, String detail) {
        return new FrameworkFailure(type, detail, List.of());
    }

    static FrameworkFailure of(Exception exception, HttpStatusCode status) {
        return switch (exception) {
            case HttpMessageNotReadableException unreadable -> body(unreadable.getCause());
            case HttpRequestMethodNotSupportedException method ->
                of(ApiProblem.METHOD_NOT_ALLOWED, "This address does not answer to " + method.getMethod());
            case HttpMediaTypeNotSupportedException _ ->
                of(ApiProblem.UNSUPPORTED_MEDIA_TYPE, "Send the body as application/json.");
            case MethodArgumentTypeMismatchException mismatch -> mismatch(mismatch);
            case MissingServletRequestParameterException missing ->
                of(ApiProblem.INVALID_FIELD, missing.getParameterName() + " is missing");
            case MissingRequestHeaderException missing ->
                of(ApiProblem.INVALID_HEADER, missing.getHeaderName() + " is missing");
            default -> byStatus(status);
        };
    }

    /** An id in the path that cannot be one names nothing; a parameter that cannot be read is the caller's mistake. */
    private static FrameworkFailure mismatch(MethodArgumentTypeMismatchException mismatch) {
        if (mismatch.getParameter()
                .hasParameterAnnotation(org.springframework.web.bind.annotation.PathVariable.class)) {
            return of(ApiProblem.NOT_FOUND, "There is no object with this " + mismatch.getName() + ".");
        }
        return of(ApiProblem.INVALID_FIELD, mismatch.getName() + " has a value that is not possible");
    }

    private static FrameworkFailure body(@Nullable Throwable cause) {
        return switch (cause) {
            case StreamConstraintsException _ ->
                of(
                        ApiProblem.MALFORMED_JSON,
                        "The body is nested too deeply, or has a name or number that is too long.");
            case CharacterCodingException _ ->
                of(ApiProblem.MALFORMED_JSON, "The body is not UTF-8. Send it in UTF-8, and in no other encoding.");
            case StreamReadException malformed -> malformed(malformed);
            case UnrecognizedPropertyException unknown ->
                at(
                        ApiProblem.UNKNOWN_FIELD,
                        pointer(unknown),
                        NAME.matcher(unknown.getPropertyName()).matches()
                                ? "is not a field of this body"
                                : "has a field that this route does not know");
            case JacksonException trailing
            when trailing.getOriginalMessage().startsWith("Trailing token") ->
                of(ApiProblem.MALFORMED_JSON, "The body goes on after its end.");
            case JacksonException invalid -> invalid(invalid);
            case null, default -> of(ApiProblem.MALFORMED_JSON, "The body is missing.");
        };
    }

    private static FrameworkFailure malformed(StreamReadException malformed) {
        return malformed instanceof InputCoercionException
                ? at(ApiProblem.INVALID_FIELD, pointer(malformed), "is a number that is not possible here")
                : of(
                        ApiProblem.MALFORMED_JSON,
                        "Line %d, column %d cannot be read."
                                .formatted(
                                        malformed.getLocation().getLineNr(),
                                        malformed.getLocation().getColumnNr()));
    }

    private static FrameworkFailure invalid(JacksonException invalid) {
        return switch (invalid.getCause()) {
            case InvalidField field ->
                at(ApiProblem.INVALID_FIELD, pointer(invalid) + "/" + field.name(), String.valueOf(field.getMessage()));
            case IllegalArgumentException ours ->
                at(ApiProblem.INVALID_FIELD, pointer(invalid), String.valueOf(ours.getMessage()));
            case NullPointerException ours ->
                at(ApiProblem.INVALID_FIELD, pointer(invalid), String.valueOf(ours.getMessage()));
            case null, default ->
                at(
                        ApiProblem.INVALID_FIELD,
                        pointer(invalid),
                        "has a value of the wrong type, or one that is not possible");
        };
    }

    private static FrameworkFailure at(ProblemType type, String pointer, String detail) {
        return new FrameworkFailure(
                type, (pointer.isEmpty() ? "The body" : pointer) + ": " + detail, List.of(new At(pointer, detail)));
    }

    private static String pointer(JacksonException exception) {
        return exception.getPath().stream()
                .map(step ->
                        step.getPropertyName() == null ? Integer.toString(step.getIndex()) : step.getPropertyName())
                .takeWhile(step -> NAME.matcher(step).matches())
                .map(step -> "/" + step.replace("~", "~0").replace("/", "~1"))
                .collect(Collectors.joining());
    }

    private static FrameworkFailure byStatus(HttpStatusCode status) {
        return switch (status.value()) {
            case 404 -> of(ApiProblem.NO_SUCH_ROUTE, "Nothing answers to this address.");
            case 406 -> of(ApiProblem.NOT_ACCEPTABLE, "Ask for application/json.");
            case 413 -> of(ApiProblem.BODY_TOO_LARGE, "Send less.");
            case 503 -> of(ApiProblem.UNAVAILABLE, "Try again in a few seconds.");
            default ->
                status.is4xxClientError()
                        ? of(ApiProblem.INVALID_FIELD, "The request cannot be read.")
                        : of(ApiProblem.DEFECT, "");
        };
    }
}
