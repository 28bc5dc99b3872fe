package dev.nuxari.server.redaction;

import dev.nuxari.kernel.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Redacts one value with one key: walks the JSON and gives each text the name it stands under. */
final class Pass {
    private static final int DEEPEST = 200;
    /** Members that carry what the name of their object promises. */
    private static final Set<String> CARRIERS =
            Set.of("value", "values", "data", "text", "raw", "content", "plain", "current");

    private static final Set<String> NAMING = Set.of("name", "key", "field", "attribute", "property", "path", "header");

    private final Marks marks;

    Pass(Marks marks) {
        this.marks = marks;
    }

    String redactText(String text) {
        Spans found = Redactor.find(text);
        marks.settle(text, found);
        return found.isEmpty() ? text : found.mask(text, marks);
    }

    Json redact(Json value, SecretName name, int depth) {
        if (depth > DEEPEST) {
            return new Json.Str(marks.mark("too-deep", ""));
        }
        return switch (value) {
            case Json.Obj object -> redactObject(object, name, depth);
            case Json.Arr array -> redactArray(array, name, depth);
            case Json.Str string -> new Json.Str(redactNamed(name, string.value()));
            case Json.Num number -> redactNumber(number, name);
            case Json.Bool bool -> bool;
            case Json.Null none -> none;
        };
    }

    private Json redactObject(Json.Obj object, SecretName inherited, int depth) {
        SecretName named = nameGivenInside(object);
        Map<String, Json> members = new LinkedHashMap<>();
        object.members().forEach((key, member) -> {
            SecretName own = SecretName.of(key);
            boolean carries = own == SecretName.NONE && CARRIERS.contains(key);
            SecretName name = carries ? named == SecretName.NONE ? inherited : named : own;
            members.put(unused(redactText(key), members), redact(member, name, depth + 1));
        });
        return new Json.Obj(members);
    }

    /** In {@code {"name":"password","value":"…"}} the name of the value is a value itself. */
    private static SecretName nameGivenInside(Json.Obj object) {
        for (String naming : NAMING) {
            if (object.members().get(naming) instanceof Json.Str given) {
                SecretName name = SecretName.of(given.value());
                if (name.isCertain()) {
                    return name;
                }
            }
        }
        return SecretName.NONE;
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
        for (Json item : array.items()) {
            items.add(redact(item, name, depth + 1));
            boolean option = item instanceof Json.Str argument
                    && argument.value().startsWith("-")
                    && SecretName.of(argument.value()).isCertain()
                    && argument.value().indexOf('=') < 0;
            name = option && item instanceof Json.Str argument ? SecretName.of(argument.value()) : inherited;
        }
        return new Json.Arr(items);
    }

    private String redactNamed(SecretName name, String value) {
        boolean whole = switch (name) {
            case NONE, AUTHORIZATION -> false;
            case KEY -> SecretValue.looksRandom(value);
            case CODE -> SecretValue.isShortCode(value);
            case PASSWORD -> !SecretValue.isHarmless(value);
            case SECRET, TOKEN -> !SecretValue.isHarmless(value) && !SecretValue.isNumber(value);
        };
        if (whole) {
            return marks.isGenuine(value) ? value : marks.mark(name.kind(), value);
        }
        return name == SecretName.AUTHORIZATION ? redactAuthorization(value) : redactText(value);
    }

    private String redactAuthorization(String value) {
        String header = "Authorization: ";
        return redactText(header + value).substring(header.length());
    }

    /** A password of digits is still one; a number of tokens is not. */
    private Json redactNumber(Json.Num number, SecretName name) {
        boolean secret = name == SecretName.PASSWORD && number.value() >= 1000;
        return secret ? new Json.Str(marks.mark(name.kind(), number.canonical())) : number;
    }
}
