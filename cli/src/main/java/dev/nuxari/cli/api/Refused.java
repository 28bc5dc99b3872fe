package dev.nuxari.cli.api;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import java.util.List;
import java.util.Optional;

/** The server understood the call and refused it: a problem of RFC 9457. */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String slug;
    private final transient Json.Obj problem;

    private Refused(int status, String slug, Json.Obj problem) {
        super(Fields.text(problem, "title"));
        this.status = status;
        this.slug = slug;
        this.problem = problem;
    }

    /** Reads the answer of a call that did not succeed; a body that is no problem becomes one without detail. */
    static Refused of(int status, String body) {
        Json.Obj problem = parse(body).orElseGet(Json::object);
        if (!problem.has("title")) {
            // An OAuth error (RFC 6749, section 5.2), or what some proxy said.
            String description = Fields.text(problem, "error_description");
            problem = problem.with("title", description.isEmpty() ? "The server answered " + status : description);
        }
        String type = Fields.text(problem, "type");
        return new Refused(status, type.substring(type.lastIndexOf('/') + 1), problem);
    }

    private static Optional<Json.Obj> parse(String body) {
        try {
            return Optional.of(Json.parseObject(body));
        } catch (JsonException e) {
            return Optional.empty();
        }
    }

    public int status() {
        return status;
    }

    /** The last part of the problem type, such as {@code self-approval}; empty when the server named none. */
    public String slug() {
        return slug;
    }

    public Json.Obj problem() {
        return problem;
    }

    /** Title, detail and the fields at fault, in one line. */
    public String inOneLine() {
        StringBuilder line = new StringBuilder(Fields.text(problem, "title"));
        String detail = Fields.text(problem, "detail");
        if (!detail.isEmpty()) {
            line.append(": ").append(detail);
        }
        for (Json.Obj error : errors()) {
            line.append(" [").append(Fields.text(error, "pointer")).append(": ");
            line.append(Fields.text(error, "detail")).append(']');
        }
        return line.toString();
    }

    private List<Json.Obj> errors() {
        return problem.has("errors") ? problem.objects("errors") : List.of();
    }
}
