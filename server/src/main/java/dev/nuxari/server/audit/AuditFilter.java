package dev.nuxari.server.audit;

import dev.nuxari.kernel.ActorId;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.MemberId;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.api.InvalidField;
import dev.nuxari.server.audit.AuditEvent.Outcome;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which events are looked for. What is absent does not restrict; what is there holds together with the rest.
 *
 * @param actor who acted: {@code member:<id>}, {@code system:<name>}, …; an id alone is a member's
 * @param action to the letter, {@code approval.decide}; or every action of a noun, {@code approval.}
 * @param from the earliest time
 * @param to the first time that is too late
 * @param following the id of a request, an approval, a workflow or an evidence package: everything that belongs to it
 */
public record AuditFilter(
        @Nullable String actor,
        @Nullable String action,
        @Nullable String targetType,
        @Nullable String targetId,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable Outcome outcome,
        @Nullable UUID approvalRef,
        @Nullable UUID requestId,
        @Nullable UUID following) {
    private static final Pattern ACTION = Pattern.compile("[a-z]+(-[a-z]+)*\\.([a-z]+(-[a-z]+)*)?");
    private static final Pattern TYPE = Pattern.compile("[a-z]+(-[a-z]+)*");
    private static final int LONGEST = 300;

    /** What JSON of ours and the database both write with four digits of a year. */
    private static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    public AuditFilter {
        actor = actor == null ? null : actor(actor);
        if (action != null && !ACTION.matcher(action).matches()) {
            throw new InvalidField("action", "is an action such as approval.decide, or a noun with a dot: approval.");
        }
        if (targetType != null && !TYPE.matcher(targetType).matches()) {
            throw new InvalidField("targetType", "is a kind of thing as events spell it, such as evidence-package");
        }
        if (targetId != null && !isPlain(targetId)) {
            throw new InvalidField("targetId", "is one line of at most " + LONGEST + " characters");
        }
        mustBeAStretch(from, to);
    }

    /** Reads what {@link #json} writes. */
    public static AuditFilter parse(Json.Obj json) {
        return new AuditFilter(
                text(json, "actor"),
                text(json, "action"),
                text(json, "targetType"),
                text(json, "targetId"),
                json.optionalString("from").map(Instant::parse).orElse(null),
                json.optionalString("to").map(Instant::parse).orElse(null),
                json.optionalString("outcome")
                        .map(spelled -> Spelling.parse(Outcome.class, spelled))
                        .orElse(null),
                json.optionalString("approvalRef").map(UUID::fromString).orElse(null),
                json.optionalString("requestId").map(UUID::fromString).orElse(null),
                json.optionalString("following").map(UUID::fromString).orElse(null));
    }

    /** Everything that this actor did. */
    public static AuditFilter by(ActorId actor) {
        return new AuditFilter(actor.toString(), null, null, null, null, null, null, null, null, null);
    }

    /** Everything that was done to this. */
    public static AuditFilter about(AuditEvent.Target target) {
        return new AuditFilter(null, null, target.type(), target.id(), null, null, null, null, null, null);
    }

    /** The same, of what happened at this time or later. */
    public AuditFilter since(Instant time) {
        return new AuditFilter(
                actor, action, targetType, targetId, time, to, outcome, approvalRef, requestId, following);
    }

    private static @Nullable String text(Json.Obj json, String name) {
        return json.optionalString(name).orElse(null);
    }

    /** What restricts, by the names of the API. */
    public Json.Obj json() {
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

    /** The action, if it is looked for to the letter. */
    Optional<String> exactAction() {
        return Optional.ofNullable(action).filter(given -> !given.endsWith("."));
    }

    /** The noun, if any of its actions will do. */
    Optional<String> noun() {
        return Optional.ofNullable(action)
                .filter(given -> given.endsWith("."))
                .map(given -> given.substring(0, given.length() - 1));
    }

    /** Everything from before the first possible event, where nothing is said. */
    Instant notBefore() {
        return from == null ? EARLIEST : from;
    }

    Instant before() {
        return to == null ? LATEST : to;
    }

    private static String actor(String given) {
        try {
            ActorId actor = given.contains(":") ? ActorId.parse(given) : ActorId.of(MemberId.parse(given));
            if (isPlain(actor.id())) {
                return actor.toString();
            }
        } catch (IllegalArgumentException _) {
            // Said below, whatever was wrong with it.
        }
        throw new InvalidField("actor", "is the id of a member, or a kind and a name, such as system:workflow");
    }

    private static boolean isPlain(String text) {
        return !text.isEmpty() && text.length() <= LONGEST && text.chars().noneMatch(Character::isISOControl);
    }

    private static void mustBeAStretch(@Nullable Instant from, @Nullable Instant to) {
        mustBeWritable("from", from);
        mustBeWritable("to", to);
        if (from != null && to != null && !from.isBefore(to)) {
            throw new InvalidField("to", "is not after from");
        }
    }

    private static void mustBeWritable(String name, @Nullable Instant time) {
        if (time != null && (time.isBefore(EARLIEST) || time.isAfter(LATEST))) {
            throw new InvalidField(name, "is not between the years 1 and 9999");
        }
    }
}
