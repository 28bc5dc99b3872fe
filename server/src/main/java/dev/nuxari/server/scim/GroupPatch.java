package dev.nuxari.server.scim;

import dev.nuxari.kernel.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The changes of groups that directories really send: somebody comes, somebody goes, the group is called something else. They are
 * done without reading the group's members, of which there may be many; whatever else a PATCH may say takes the long way.
 */
record GroupPatch(List<Step> steps) {
    private static final Pattern ONE_MEMBER =
            Pattern.compile("members\\[\\s*value\\s+eq\\s+\"([^\"\\\\]{1,64})\"\\s*]", Pattern.CASE_INSENSITIVE);

    /** One of the changes. */
    sealed interface Step {}

    record Enter(Set<UUID> users) implements Step {}

    record Leave(Set<UUID> users) implements Step {}

    record Only(Set<UUID> users) implements Step {}

    record Rename(String displayName) implements Step {}

    record Identify(String externalId) implements Step {}

    GroupPatch {
        steps = List.copyOf(steps);
    }

    /**
     * Reads a request's body, whose operations are spelled as the standard has them ({@link PatchShapes}).
     *
     * @return empty if it says anything else
     * @throws ScimRefused if a member is named that cannot be one
     */
    static Optional<GroupPatch> of(Json.Obj body) {
        List<Step> steps = new ArrayList<>();
        for (Json operation : body.array("Operations")) {
            Optional<Step> step = operation instanceof Json.Obj one ? step(one) : Optional.empty();
            if (step.isEmpty()) {
                return Optional.empty();
            }
            steps.add(step.get());
        }
        return Optional.of(new GroupPatch(steps));
    }

    private static Optional<Step> step(Json.Obj operation) {
        String path = text(operation, "path").orElse("");
        String op = text(operation, "op").orElse("");
        Matcher one = ONE_MEMBER.matcher(path);
        if (one.matches() && op.equals("remove")) {
            return Optional.of(new Leave(Set.of(id(one.group(1)))));
        }
        if (path.equalsIgnoreCase("members")) {
            return moving(op, operation);
        }
        return op.equals("add") || op.equals("replace") ? naming(path, operation) : Optional.empty();
    }

    private static Optional<Step> moving(String op, Json.Obj operation) {
        if (!operation.has("value")) {
            return op.equals("remove") ? Optional.of(new Only(Set.of())) : Optional.empty();
        }
        return users(operation.member("value")).flatMap(users -> switch (op) {
            case "add" -> Optional.of(new Enter(users));
            case "remove" -> Optional.of(new Leave(users));
            case "replace" -> Optional.of(new Only(users));
            default -> Optional.empty();
        });
    }

    private static Optional<Step> naming(String path, Json.Obj operation) {
        return text(operation, "value").flatMap(value -> {
            if (path.equalsIgnoreCase("displayName")) {
                return Optional.of(new Rename(UserDocument.text(value)));
            }
            return path.equalsIgnoreCase("externalId")
                    ? Optional.of(new Identify(UserDocument.text(value)))
                    : Optional.empty();
        });
    }

    private static Optional<Set<UUID>> users(Json value) {
        List<Json> items = value instanceof Json.Arr(List<Json> many) ? many : List.of(value);
        Set<UUID> users = new HashSet<>();
        for (Json item : items) {
            if (!(item instanceof Json.Obj member) || text(member, "value").isEmpty()) {
                return Optional.empty();
            }
            users.add(id(text(member, "value").get()));
        }
        return Optional.of(users);
    }

    private static Optional<String> text(Json.Obj object, String name) {
        return object.members().get(name) instanceof Json.Str(String text) ? Optional.of(text) : Optional.empty();
    }

    static UUID id(String text) {
        return Ids.parse(text).orElseThrow(ScimRefusal.UNKNOWN_MEMBER::thrown);
    }
}
