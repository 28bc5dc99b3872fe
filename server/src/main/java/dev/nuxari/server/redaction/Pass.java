package dev.nuxari.server.redaction;

import dev.nuxari.kernel.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Redacts one value with one key: walks the JSON and gives each text the name it stands under. */
final class Pass {
    private static final int DEEPEST = 200;

    private final Supplier<Marks> marks;

    Pass(Supplier<Marks> marks) {
        this.marks = marks;
    }

    String redactText(String text) {
        Spans found = Redactor.find(text);
        if (found.sawMark()) {
            marks.get().settle(text, found);
        }
        return found.isEmpty() ? text : found.mask(text, marks.get());
    }

    String mark(String kind, String secret) {
        return marks.get().mark(kind, secret);
    }

    Json redact(Json value, SecretName name, int depth) {
        if (depth > DEEPEST) {
            return new Json.Str(mark("too-deep", ""));
        }
        return switch (value) {
            case Json.Obj object -> redactObject(object, name, depth);
            case Json.Arr array -> redactArray(array, name, depth);
            case Json.Str string -> {
                String shown = redactNamed(name, string.value());
                yield shown.equals(string.value()) ? string : new Json.Str(shown);
            }
            case Json.Num number -> redactNumber(number, name);
            case Json.Bool bool -> bool;
            case Json.Null none -> none;
        };
    }

    private Json redactObject(Json.Obj object, SecretName inherited, int depth) {
        Map<String, Json> members = new LinkedHashMap<>();
        Map<String, String> numbered = Neighbours.numbered(object, this);
        boolean changed = false;
        for (Map.Entry<String, Json> entry : object.members().entrySet()) {
            String key = entry.getKey();
            Json value = numbered.containsKey(key) ? new Json.Str(numbered.get(key)) : entry.getValue();
            Json member = redact(value, Neighbours.nameOf(key, object, inherited), depth + 1);
            String shown = redactText(key);
            changed |= !isSame(member, entry.getValue()) || !shown.equals(key);
            members.put(unused(shown, members), member);
        }
        return changed ? new Json.Obj(members) : object;
    }

    /** What holds no secret is handed back as it is, so that nobody has to compare it member by member on every level. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(Json one, Json other) {
        return one == other;
    }

    /** Two secret keys may be masked alike; neither member gets lost. */
    private static String unused(String key, Map<String, Json> members) {
        String unused = key;
        for (int i = 2; members.containsKey(unused); i++) {
            unused = key + "#" + i;
        }
        return unused;
    }

    private Json redactArray(Json.Arr array, SecretName inherited, int depth) {
        List<Json> whole = Neighbours.joined(array.items(), this);
        List<Json> items = new ArrayList<>(whole.size());
        boolean changed = false;
        for (int i = 0; i < whole.size(); i++) {
            Json shown = redact(whole.get(i), Neighbours.nameOf(i, array, inherited), depth + 1);
            changed |= !isSame(shown, array.items().get(i));
            items.add(shown);
        }
        return changed ? new Json.Arr(items) : array;
    }

    private String redactNamed(SecretName name, String value) {
        if (name == SecretName.NONE) {
            return redactText(value);
        }
        if (name == SecretName.AUTHORIZATION) {
            return redactAuthorization(value);
        }
        if (!isWholeSecret(name, Text.of(value))) {
            return redactText(value);
        }
        return marks.get().isGenuine(value) ? value : mark(name.kind(), value);
    }

    private static boolean isWholeSecret(SecretName name, Text value) {
        return switch (name) {
            case NONE, AUTHORIZATION -> false;
            case KEY -> SecretValue.looksRandom(value);
            case CODE -> SecretValue.isShortCode(value);
            case PASSWORD -> !SecretValue.isHarmless(value);
            case SECRET, TOKEN -> !SecretValue.isHarmless(value) && !SecretValue.isNumber(value);
        };
    }

    private String redactAuthorization(String value) {
        String header = "Authorization: ";
        return redactText(header + value).substring(header.length());
    }

    /** A password of digits is still one; a number of tokens is not. */
    private Json redactNumber(Json.Num number, SecretName name) {
        boolean secret = name == SecretName.PASSWORD && number.value() >= 1000;
        return secret ? new Json.Str(mark(name.kind(), number.canonical())) : number;
    }
}
