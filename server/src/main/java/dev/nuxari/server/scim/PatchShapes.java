package dev.nuxari.server.scim;

import dev.nuxari.kernel.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Bodies as directories really send them, in the spelling of the standard. Entra ID writes {@code "Add"}, sends {@code active} as
 * a text, and puts paths where attributes belong: {@code {"op": "replace", "value": {"name.givenName": "Ann"}}}.
 */
final class PatchShapes {
    private PatchShapes() {}

    /** A user or group, or a PATCH of one; anything else stays as it is. */
    static Json.Obj standard(Json.Obj body) {
        Json.Obj plain = withBooleans(body);
        if (!(plain.members().get("Operations") instanceof Json.Arr(List<Json> operations))) {
            return plain;
        }
        List<Json> standard = new ArrayList<>();
        for (Json operation : operations) {
            if (operation instanceof Json.Obj one) {
                standard.addAll(operation(one));
            } else {
                standard.add(operation);
            }
        }
        return plain.with("Operations", Json.array(standard.toArray()));
    }

    private static List<Json> operation(Json.Obj given) {
        // Of a bulk request each has a body of its own.
        if (given.members().get("data") instanceof Json.Obj data) {
            return List.of(given.with("data", standard(data)));
        }
        Json.Obj operation = given.members().get("op") instanceof Json.Str(String op)
                ? given.with("op", op.toLowerCase(Locale.ROOT))
                : given;
        boolean active =
                operation.members().get("path") instanceof Json.Str(String path) && path.equalsIgnoreCase("active");
        if (active && operation.has("value")) {
            return List.of(operation.with("value", bool(operation.member("value"))));
        }
        return !operation.has("path") && operation.members().get("value") instanceof Json.Obj value
                ? split(operation, withBooleans(value))
                : List.of(operation);
    }

    /** Each attribute that is written as a path becomes an operation with that path. */
    private static List<Json> split(Json.Obj operation, Json.Obj value) {
        List<Json> operations = new ArrayList<>();
        Json.Obj rest = Json.object();
        for (Map.Entry<String, Json> attribute : value.members().entrySet()) {
            String name = attribute.getKey();
            if (isPath(name, attribute.getValue())) {
                operations.add(operation.with("path", name).with("value", attribute.getValue()));
            } else if (!name.equals("schemas") && !name.equals("id")) {
                rest = rest.with(name, attribute.getValue());
            }
        }
        if (!rest.members().isEmpty() || operations.isEmpty()) {
            operations.addFirst(operation.with("value", rest));
        }
        return operations;
    }

    private static boolean isPath(String name, Json value) {
        boolean simple = name.equals("displayName") || name.equals("externalId") || name.equals("members");
        boolean extension = name.startsWith("urn:") && value instanceof Json.Obj;
        boolean written = name.indexOf('.') >= 0 || name.indexOf('[') >= 0;
        return simple || (written && !extension);
    }

    private static Json.Obj withBooleans(Json.Obj object) {
        Json.Obj plain = object;
        for (Map.Entry<String, Json> member : object.members().entrySet()) {
            if (member.getKey().equalsIgnoreCase("active")) {
                plain = plain.with(member.getKey(), bool(member.getValue()));
            }
        }
        return plain;
    }

    private static Json bool(Json value) {
        Json one = value instanceof Json.Arr(List<Json> items) && items.size() == 1 ? items.getFirst() : value;
        if (one instanceof Json.Obj object && object.has("value")) {
            return bool(object.member("value"));
        }
        if (one instanceof Json.Str(String text)) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "true" -> Json.of(true);
                case "false" -> Json.of(false);
                default -> value;
            };
        }
        return one;
    }
}
