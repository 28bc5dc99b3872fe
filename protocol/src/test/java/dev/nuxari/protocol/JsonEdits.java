package dev.nuxari.protocol;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Json.Arr;
import dev.nuxari.kernel.Json.Obj;
import dev.nuxari.kernel.Json.Str;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Bytes read as changes to a JSON value: where, and what. A file that was changed so is still canonical JSON, and reaches the
 * checks that one with random bytes in it never would.
 */
final class JsonEdits {
    private static final List<Json> ODD = List.of(
            Json.of(null),
            Json.of(true),
            Json.of(0),
            Json.of(-1),
            Json.of(1),
            Json.of(0.5),
            Json.of(9007199254740991L),
            Json.of(Double.MAX_VALUE),
            Json.of(""),
            Json.of("\u0000\u001b[2J\u202e"),
            Json.of("é".repeat(2000)),
            Json.of("log"),
            Json.of("granted"),
            Json.of("+1000000000-12-31T23:59:59.999Z"),
            Json.of("-1000000000-01-01T00:00:00Z"),
            Json.of("0198c5a0-0000-7000-8000-000000000003"),
            Json.of("f".repeat(64)),
            Json.of("AAAA"),
            Json.array(),
            Json.object(),
            Json.array(Json.object(), 1, ""),
            Json.object("\u0007/~\uFFFF", List.of()));

    private final byte[] script;
    private int at;

    JsonEdits(byte[] script) {
        this.script = script;
    }

    /** The value with every change of the script made to it, as long as it is an object. */
    Obj applied(Obj value) {
        Obj changed = value;
        while (at < script.length) {
            changed = inside(changed) instanceof Obj object ? object : changed;
        }
        return changed;
    }

    private int next(int bound) {
        int read = at < script.length ? Byte.toUnsignedInt(script[at]) : 0;
        at++;
        return read % Math.max(1, bound);
    }

    /** Goes down until the script says that this is the place. */
    private Json inside(Json value) {
        return switch (value) {
            case Obj(Map<String, Json> members) when !members.isEmpty() && next(8) != 0 -> member(members);
            case Arr(List<Json> items) when !items.isEmpty() && next(8) != 0 -> item(items);
            default -> replaced(value);
        };
    }

    private Json member(Map<String, Json> members) {
        String name = List.copyOf(members.keySet()).get(next(members.size()));
        Map<String, Json> changed = new LinkedHashMap<>(members);
        switch (next(8)) {
            case 0 -> changed.remove(name);
            case 1 -> changed.put(name + "?", members.get(name));
            default -> changed.computeIfPresent(name, (_, value) -> inside(value));
        }
        return new Obj(changed);
    }

    private Json item(List<Json> items) {
        int index = next(items.size());
        List<Json> changed = new ArrayList<>(items);
        switch (next(8)) {
            case 0 -> changed.remove(index);
            case 1 -> changed.add(items.get(index));
            case 2 -> Collections.swap(changed, 0, index);
            default -> changed.set(index, inside(items.get(index)));
        }
        return new Arr(changed);
    }

    private Json replaced(Json value) {
        if (value instanceof Str(String text) && !text.isEmpty() && next(2) == 0) {
            int place = next(text.length());
            return Json.of(text.substring(0, place) + (char) (' ' + next(96)) + text.substring(place + 1 - next(2)));
        }
        return ODD.get(next(ODD.size()));
    }
}
