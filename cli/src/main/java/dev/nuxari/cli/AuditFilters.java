package dev.nuxari.cli;

import dev.nuxari.kernel.Json;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which audit events: the filters of the API by their names. All of them hold together. */
final class AuditFilters {
    @Option(names = "--actor", paramLabel = "ACTOR", description = "Who: a member's id, or system:NAME.")
    private @Nullable String actor;

    @Option(
            names = "--action",
            paramLabel = "ACTION",
            description = "What: approval.decide; or all of a noun: approval. (with the dot).")
    private @Nullable String action;

    @Option(names = "--target-type", paramLabel = "TYPE", description = "To what kind of thing, such as approval.")
    private @Nullable String targetType;

    @Option(names = "--target-id", paramLabel = "ID", description = "To which one.")
    private @Nullable String targetId;

    @Option(names = "--from", paramLabel = "TIME", description = "From this time on: 2026-01-31T00:00:00Z.")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "Before this time.")
    private @Nullable String to;

    @Option(names = "--outcome", paramLabel = "OUTCOME", description = "succeeded, refused or failed.")
    private @Nullable String outcome;

    @Option(names = "--approval-ref", paramLabel = "ID", description = "On the word of this approval.")
    private @Nullable String approvalRef;

    @Option(names = "--request-id", paramLabel = "ID", description = "For this request.")
    private @Nullable String requestId;

    @Option(
            names = "--following",
            paramLabel = "ID",
            description = "All that belongs to a request, an approval, a workflow or an evidence package.")
    private @Nullable String following;

    /** What was given, by the names of the API. */
    Json.Obj json() {
        return Json.object()
                .withPresent("actor", actor)
                .withPresent("action", action)
                .withPresent("targetType", targetType)
                .withPresent("targetId", targetId)
                .withPresent("from", from)
                .withPresent("to", to)
                .withPresent("outcome", outcome)
                .withPresent("approvalRef", approvalRef)
                .withPresent("requestId", requestId)
                .withPresent("following", following);
    }

    String path(String path) {
        Query query = Query.of(path);
        Json.Obj given = json();
        for (String name : given.members().keySet()) {
            query = query.with(name, given.string(name));
        }
        return query.path();
    }
}
