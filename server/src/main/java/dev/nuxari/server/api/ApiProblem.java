package dev.nuxari.server.api;

import dev.nuxari.kernel.ProblemType;

/** The problems that every route can answer with. What is about one kind of object belongs to its module. */
public enum ApiProblem implements ProblemType {
    MALFORMED_JSON(400, "The body is not JSON"),
    UNKNOWN_FIELD(400, "The body has a field that this route does not know"),
    INVALID_FIELD(400, "A field has a value that is not possible"),
    INVALID_HEADER(400, "A header has a value that is not possible"),
    UNAUTHENTICATED(401, "Nobody is signed in"),
    NOT_A_MEMBER(403, "Signed in, but a member of no organization here"),
    NOT_PERMITTED(403, "Your role does not permit this"),
    ADDRESS_NOT_ALLOWED(403, "Your organization does not let you in from this address"),
    LOGIN_METHOD_NOT_ALLOWED(403, "Your organization does not accept the way you signed in"),
    MFA_REQUIRED(403, "Your organization asks you for a second factor"),
    STEP_UP_REQUIRED(403, "This needs a second factor that you have just shown"),
    CSRF_TOKEN_MISSING(403, "The request does not come from the console"),
    NO_SUCH_ROUTE(404, "Nothing answers to this address"),
    NOT_FOUND(404, "There is no such object"),
    METHOD_NOT_ALLOWED(405, "The address does not answer to this method"),
    NOT_ACCEPTABLE(406, "The answer has none of the media types asked for"),
    CONFLICT(409, "Somebody else changed the same thing"),
    REQUEST_IN_PROGRESS(409, "The same request is still being worked on"),
    STALE_VERSION(412, "The object has changed since it was read"),
    BODY_TOO_LARGE(413, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "The body has a media type that this route does not read"),
    IDEMPOTENCY_KEY_REUSED(422, "The idempotency key belongs to another request"),
    PRECONDITION_REQUIRED(428, "The version that is to be changed is not named"),
    RATE_LIMITED(429, "Too many requests"),
    HEADERS_TOO_LARGE(431, "The headers are too large"),
    DEFECT(500, "Something went wrong on our side"),
    TOOK_TOO_LONG(503, "It took too long and was stopped"),
    UNAVAILABLE(503, "Something we need does not answer");

    private final int status;
    private final String title;

    ApiProblem(int status, String title) {
        this.status = status;
        this.title = title;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }
}
