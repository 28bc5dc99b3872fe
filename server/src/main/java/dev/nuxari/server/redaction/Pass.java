package dev.nuxari.server.redaction;

import dev.nuxari.kernel.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Redacts one value with one key: walks the JSON and gives each text the name it stands under. */
final class Pass {
    private static final int DEEPEST = 200;
    /** Members that carry what the name of their object promises. */
    private static final Set<String> CARRIERS =
            Set.of("value", "values", "data", "text", "raw", "content", "plain", "current");

    private static final Set<String> NAMING = Set.of("name", "key", "field", "attribute", "property", "path", "header");

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

    Json redact(Json value, SecretName name, int depth) {
        if (depth > DEEPEST) {
            return new Json.Str(marks.get().mark("too-deep", ""));
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
        boolean changed = false;
        for (Map.Entry<String, Json> entry : object.members().entrySet()) {
            String key = entry.getKey();
            SecretName own = SecretName.ofMember(key);
            boolean carries = own == SecretName.NONE && CARRIERS.contains(key);
            SecretName name = carries ? carried(object, inherited) : own;
            Json member = redact(entry.getValue(), name, depth + 1);
            String shown = redactText(key);
            changed |= !isSame(member, entry.getValue()) || !shown.equals(key);
            members.put(unused(shown, members), member);
        }
        return changed ? new Json.Obj(members) : object;
    }

    /** In {@code {"name":"password","value":"…"}} the name of the value is a value itself. */
    private static SecretName carried(Json.Obj object, SecretName inherited) {
        for (String naming : NAMING) {
            if (object.members().get(naming) instanceof Json.Str(String given)) {
                SecretName name = SecretName.of(given);
                if (name.isCertain()) {
                    return name;
                }
            }
        }
        return inherited;
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

    /** In an argument list the value of an option is the next item. */
    private Json redactArray(Json.Arr array, SecretName inherited, int depth) {
        List<Json> items = new ArrayList<>();
        SecretName name = inherited;
        boolean changed = false;
        for (Json item : array.items()) {
            Json shown = redact(item, name, depth + 1);
            changed |= !isSame(shown, item);
            items.add(shown);
            boolean option = item instanceof Json.Str argument
                    && argument.value().startsWith("-")
                    && SecretName.of(argument.value()).isCertain()
                    && argument.value().indexOf('=') < 0;
            name = option && item instanceof Json.Str argument ? SecretName.of(argument.value()) : inherited;
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
        return marks.get().isGenuine(value) ? value : marks.get().mark(name.kind(), value);
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
        return secret ? new Json.Str(marks.get().mark(name.kind(), number.canonical())) : number;
    }
}
