package dev.nuxari.server.redaction;

import dev.nuxari.kernel.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a value in a document gets from those beside it: its name, when that is a value itself, or its other half, when it was
 * cut in pieces.
 */
final class Neighbours {
    /** Members that carry what the name of their object, or of their neighbour, promises. */
    private static final Set<String> CARRIERS = Words.list(
            "value values data text raw content plain current val v string stringValue default defaultValue",
            "Value Values Data Text Content Val VALUE newValue oldValue new old from to before after set");
    /** Members whose value is a name. */
    private static final Set<String> NAMING = Words.list(
            "name key field attribute property path header parameter param variable var setting option label k n",
            "Name Key Field Attribute Property Header ParameterName NAME KEY type Type fieldName attributeName");

    private static final int LONGEST_NAME = 80;

    private Neighbours() {}

    /** The name under which the member {@code key} of an object stands. */
    static SecretName nameOf(String key, boolean quiet, Json.Obj object, SecretName inherited) {
        SecretName own = quiet ? SecretName.NONE : SecretName.ofMember(key);
        return own == SecretName.NONE && CARRIERS.contains(key) ? carried(object, inherited) : own;
    }

    /** In {@code {"name":"password","value":"…"}} the name of the value is a value itself. */
    private static SecretName carried(Json.Obj object, SecretName inherited) {
        for (Map.Entry<String, Json> member : object.members().entrySet()) {
            boolean names = NAMING.contains(member.getKey());
            if (names && member.getValue() instanceof Json.Str(String given) && isNameLike(given)) {
                SecretName name = SecretName.ofMember(given);
                if (name != SecretName.NONE) {
                    return name;
                }
            }
        }
        return inherited;
    }

    /** Whether nothing in the strings of a list is of interest, nor in what they are together. */
    static boolean areQuiet(List<Json> items) {
        List<String> strings = new ArrayList<>(items.size());
        boolean plain = true;
        for (Json item : items) {
            if (item instanceof Json.Str(String piece)) {
                strings.add(piece);
                plain &= Encoded.isRun(piece);
            }
        }
        return Scan.areQuiet(strings, Redactor.LAYERS)
                && (strings.size() < 2 || !plain || Scan.isQuiet(String.join("", strings), Redactor.LAYERS));
    }

    /** In an argument list the value of an option is the next item; in a list of headers, that of a name. */
    static SecretName nameOf(int index, Json.Arr array, SecretName inherited) {
        List<Json> items = array.items();
        boolean follows = index > 0 && items.get(index - 1) instanceof Json.Str;
        if (!follows || !(items.get(index - 1) instanceof Json.Str(String before)) || !isNameLike(before)) {
            return inherited;
        }
        SecretName name = SecretName.ofMember(before);
        if (!name.isCertain() && name != SecretName.AUTHORIZATION) {
            return inherited;
        }
        boolean option = before.startsWith("-") && before.indexOf('=') < 0;
        return option || isBelieved(items.get(index), name) ? name : inherited;
    }

    /** A list of words may have names of secrets among them, one after the other. */
    private static boolean isBelieved(Json value, SecretName name) {
        return name == SecretName.AUTHORIZATION
                || (value instanceof Json.Str(String given) && SecretValue.looksLikePassword(Text.of(given)));
    }

    private static boolean isNameLike(String given) {
        return given.length() <= LONGEST_NAME && given.indexOf(' ') < 0;
    }

    /** The items, with those masked that are a secret only together; the same list if none are. */
    static List<Json> joined(List<Json> items, Pass pass) {
        List<Json> joined = new ArrayList<>(items.size());
        List<String> strings = new ArrayList<>();
        boolean changed = false;
        for (int i = 0; i <= items.size(); i++) {
            if (i < items.size() && items.get(i) instanceof Json.Str(String piece)) {
                strings.add(piece);
                continue;
            }
            List<String> shown = Pieces.redact(strings, pass);
            changed |= isOther(shown, strings);
            shown.forEach(piece -> joined.add(new Json.Str(piece)));
            strings = new ArrayList<>();
            if (i < items.size()) {
                joined.add(items.get(i));
            }
        }
        return changed ? joined : items;
    }

    @SuppressWarnings("ReferenceEquality")
    private static boolean isOther(List<String> shown, List<String> pieces) {
        return shown != pieces;
    }

    /** What members show that are called {@code part1} and {@code part2} and are a secret only together. */
    static Map<String, Json> numbered(Json.Obj object, Pass pass) {
        if (numberedMembers(object) < 2) {
            return Map.of();
        }
        Map<String, List<String>> keys = new LinkedHashMap<>();
        for (Map.Entry<String, Json> member : object.members().entrySet()) {
            String key = member.getKey();
            if (endsInDigit(key) && member.getValue() instanceof Json.Str) {
                keys.computeIfAbsent(stem(key), _ -> new ArrayList<>()).add(key);
            }
        }
        Map<String, Json> shown = new LinkedHashMap<>();
        keys.values().forEach(same -> show(object, same, pass, shown));
        return shown;
    }

    private static int numberedMembers(Json.Obj object) {
        int count = 0;
        for (String key : object.members().keySet()) {
            count += endsInDigit(key) ? 1 : 0;
        }
        return count;
    }

    private static void show(Json.Obj object, List<String> keys, Pass pass, Map<String, Json> all) {
        List<String> pieces = keys.stream().map(object::string).toList();
        List<String> shown = Pieces.redact(pieces, pass);
        if (isOther(shown, pieces)) {
            for (int i = 0; i < keys.size(); i++) {
                all.put(keys.get(i), new Json.Str(shown.get(i)));
            }
        }
    }

    private static boolean endsInDigit(String key) {
        return !key.isEmpty() && Character.isDigit(key.charAt(key.length() - 1));
    }

    private static String stem(String key) {
        int end = key.length();
        while (end > 0 && Character.isDigit(key.charAt(end - 1))) {
            end--;
        }
        return key.substring(0, end);
    }
}
