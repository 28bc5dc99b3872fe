package dev.nuxari.server.redaction;

import dev.nuxari.kernel.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** Redacts one value with one key: walks the JSON and gives each text the name it stands under. */
final class Pass {
    private static final int DEEPEST = 200;

    private final Supplier<Marks> marks;
    private final Text.Steps steps;

    Pass(Supplier<Marks> marks) {
        this(marks, new Text.Steps());
    }

    /** Counts what it reads. */
    Pass(Supplier<Marks> marks, Text.Steps steps) {
        this.marks = marks;
        this.steps = steps;
    }

    Spans find(String text) {
        return Redactor.find(text, steps);
    }

    String redactText(String text) {
        Spans found = find(text);
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
        Map<String, Json> numbered = Neighbours.numbered(object, this);
        Map<String, Json> members = null;
        for (Map.Entry<String, Json> entry : object.members().entrySet()) {
            String key = entry.getKey();
            boolean quiet = Scan.isQuiet(key, Redactor.LAYERS);
            SecretName name = Neighbours.nameOf(key, quiet, object, inherited);
            Json member = redact(numbered.getOrDefault(key, entry.getValue()), name, depth + 1);
            String shown = quiet ? key : redactText(key);
            if (members == null && !(isSame(member, entry.getValue()) && shown.equals(key))) {
                members = before(key, object);
            }
            if (members != null) {
                members.put(unused(shown, members), member);
            }
        }
        return members == null ? object : new Json.Obj(members);
    }

    private static Map<String, Json> before(String key, Json.Obj object) {
        Map<String, Json> members = new LinkedHashMap<>();
        for (Map.Entry<String, Json> entry : object.members().entrySet()) {
            if (entry.getKey().equals(key)) {
                return members;
            }
            members.put(entry.getKey(), entry.getValue());
        }
        return members;
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
        if (Neighbours.areQuiet(array.items())) {
            return redactItems(array, array.items(), _ -> inherited, depth);
        }
        return redactItems(
                array, Neighbours.joined(array.items(), this), i -> Neighbours.nameOf(i, array, inherited), depth);
    }

    private Json redactItems(Json.Arr array, List<Json> joined, IntFunction<SecretName> names, int depth) {
        List<Json> items = null;
        for (int i = 0; i < joined.size(); i++) {
            Json before = array.items().get(i);
            Json shown = redact(joined.get(i), names.apply(i), depth + 1);
            if (items == null && !isSame(shown, before)) {
                items = new ArrayList<>(array.items().subList(0, i));
            }
            if (items != null) {
                items.add(shown);
            }
        }
        return items == null ? array : new Json.Arr(items);
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
