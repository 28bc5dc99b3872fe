package dev.nuxari.cli.api;

import dev.nuxari.kernel.Json;
import java.math.BigDecimal;
import java.util.List;

/** Reads what a server answered without insisting: a client tolerates members it does not know, or does not find. */
public final class Fields {
    private Fields() {}

    /** The member at a path such as {@code entitlement.name}, as text; empty when there is none. */
    public static String text(Json.Obj object, String path) {
        return text(at(object, path));
    }

    /** The number at the path, or zero. */
    public static long number(Json.Obj object, String path) {
        return at(object, path) instanceof Json.Num(double value) ? (long) value : 0;
    }

    /** Whether the member at the path is true. */
    public static boolean truth(Json.Obj object, String path) {
        return at(object, path) instanceof Json.Bool(boolean value) && value;
    }

    /** The objects of the array at the path; none when there is no such array. */
    public static List<Json.Obj> objects(Json.Obj object, String path) {
        if (!(at(object, path) instanceof Json.Arr(List<Json> items))) {
            return List.of();
        }
        return items.stream()
                .filter(Json.Obj.class::isInstance)
                .map(Json.Obj.class::cast)
                .toList();
    }

    private static Json at(Json.Obj object, String path) {
        Json found = object;
        for (String name : path.split("\\.", -1)) {
            if (!(found instanceof Json.Obj inner) || !inner.has(name)) {
                return Json.Null.NULL;
            }
            found = inner.member(name);
        }
        return found;
    }

    private static String text(Json value) {
        return switch (value) {
            case Json.Str(String text) -> text;
            case Json.Num(double number) ->
                BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
            case Json.Bool(boolean truth) -> String.valueOf(truth);
            case Json.Null _ -> "";
            case Json.Arr(List<Json> items) ->
                String.join(", ", items.stream().map(Fields::text).toList());
            case Json.Obj object -> object.canonical();
        };
    }
}
