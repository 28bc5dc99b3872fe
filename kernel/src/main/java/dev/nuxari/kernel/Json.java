package dev.nuxari.kernel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value that can be hashed: I-JSON (RFC 7493) with one canonical spelling (RFC 8785). What cannot be written
 * canonically cannot be made: NaN, an infinity, a lone surrogate.
 */
public sealed interface Json {
    /** Objects and arrays may stand in each other at most this deep. */
    int MAX_DEPTH = 64;

    /** A text may hold at most this many values: an empty object takes forty times the memory of its two characters. */
    int MAX_VALUES = 250_000;

    /** An object. The order of its members is kept for reading, and means nothing. */
    record Obj(Map<String, Json> members) implements Json {
        public Obj {
            members.keySet().forEach(JsonText::requireWellFormed);
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        public boolean has(String name) {
            return members.containsKey(name);
        }

        /** This object with one member more, or with another value for it. */
        public Obj with(String name, @Nullable Object value) {
            Map<String, Json> changed = new LinkedHashMap<>(members);
            changed.put(name, Json.of(value));
            return new Obj(changed);
        }

        /** The same, but for a value that is absent: then this object. */
        public Obj withPresent(String name, @Nullable Object value) {
            return value == null ? this : with(name, value);
        }

        /** This object without these members. */
        public Obj without(String... names) {
            Map<String, Json> changed = new LinkedHashMap<>(members);
            changed.keySet().removeAll(List.of(names));
            return new Obj(changed);
        }

        /**
         * Reads one member.
         *
         * @throws JsonException if there is none of this name; so do the readers below, also when it is of another type
         */
        public Json member(String name) {
            Json value = members.get(name);
            if (value == null) {
                throw new JsonException(pointer(name), "missing");
            }
            return value;
        }

        public String string(String name) {
            if (member(name) instanceof Str(String value)) {
                return value;
            }
            throw expected(name, "a string");
        }

        public long integer(String name) {
            double value = number(name);
            if (value != Math.rint(value) || Math.abs(value) > Num.LARGEST_INTEGER) {
                throw expected(name, "an integer");
            }
            return (long) value;
        }

        public double number(String name) {
            if (member(name) instanceof Num(double value)) {
                return value;
            }
            throw expected(name, "a number");
        }

        public boolean bool(String name) {
            if (member(name) instanceof Bool(boolean value)) {
                return value;
            }
            throw expected(name, "true or false");
        }

        public Obj object(String name) {
            if (member(name) instanceof Obj value) {
                return value;
            }
            throw expected(name, "an object");
        }

        public List<Json> array(String name) {
            if (member(name) instanceof Arr(List<Json> items)) {
                return items;
            }
            throw expected(name, "an array");
        }

        /** The objects of an array that holds nothing else. */
        public List<Obj> objects(String name) {
            List<Obj> objects = new ArrayList<>();
            for (Json item : array(name)) {
                if (!(item instanceof Obj object)) {
                    throw expected(name, "an array of objects");
                }
                objects.add(object);
            }
            return objects;
        }

        /** The strings of an array that holds nothing else. */
        public List<String> strings(String name) {
            List<String> strings = new ArrayList<>();
            for (Json item : array(name)) {
                if (!(item instanceof Str(String text))) {
                    throw expected(name, "an array of strings");
                }
                strings.add(text);
            }
            return strings;
        }

        /** Empty when the member is absent or null. */
        public Optional<String> optionalString(String name) {
            return isNothing(name) ? Optional.empty() : Optional.of(string(name));
        }

        /** Empty when the member is absent or null. */
        public Optional<Obj> optionalObject(String name) {
            return isNothing(name) ? Optional.empty() : Optional.of(object(name));
        }

        private boolean isNothing(String name) {
            return members.getOrDefault(name, Null.NULL) instanceof Null;
        }

        private static JsonException expected(String name, String what) {
            return new JsonException(pointer(name), "expected " + what);
        }

        private static String pointer(String name) {
            return "/" + name.replace("~", "~0").replace("/", "~1");
        }

        @Override
        public String toString() {
            return canonical();
        }
    }

    /** An array. */
    record Arr(List<Json> items) implements Json {
        public Arr {
            items = List.copyOf(items);
        }

        @Override
        public String toString() {
            return canonical();
        }
    }

    /** A string of Unicode characters. */
    record Str(String value) implements Json {
        public Str {
            JsonText.requireWellFormed(value);
        }
    }

    /** A number, always a double: minus zero is zero, and an integer has at most 53 bits. */
    record Num(double value) implements Json {
        static final double LARGEST_INTEGER = 9007199254740991d;

        public Num {
            if (!Double.isFinite(value)) {
                throw new JsonException("/", "JSON has no number " + value);
            }
            value = value == 0 ? 0 : value;
        }
    }

    /** True or false. */
    record Bool(boolean value) implements Json {}

    /** The null of JSON. */
    enum Null implements Json {
        NULL
    }

    /**
     * Reads one JSON text, strictly (RFC 8259, RFC 7493).
     *
     * @throws JsonException if the text is malformed, repeats a member name, holds a lone surrogate or a number no double
     *     holds, is nested deeper than {@link #MAX_DEPTH}, has more than {@link #MAX_VALUES}, or goes on after its value
     */
    static Json parse(String text) {
        return new JsonParser(text).parse();
    }

    /** {@link #parse}, for a text that has to be an object. */
    static Obj parseObject(String text) {
        if (parse(text) instanceof Obj object) {
            return object;
        }
        throw new JsonException("position 0", "expected an object");
    }

    /**
     * An object of names and values in turn: {@code object("id", planId, "steps", List.of(step))}. The values are what
     * {@link #of} takes.
     */
    static Obj object(@Nullable Object... namesAndValues) {
        if (namesAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("a name without a value");
        }
        Map<String, Json> members = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (!(namesAndValues[i] instanceof String name)) {
                throw new IllegalArgumentException("a name is a string, not " + namesAndValues[i]);
            }
            if (members.put(name, of(namesAndValues[i + 1])) != null) {
                throw new IllegalArgumentException("the name " + name + " stands twice");
            }
        }
        return new Obj(members);
    }

    /** An array of what {@link #of} takes. */
    static Arr array(@Nullable Object... items) {
        return new Arr(Stream.of(items).map(Json::of).toList());
    }

    /**
     * The JSON of a Java value: null, Json, text, number, boolean, list, map by string, instant (RFC 3339 in UTC, to the
     * millisecond), constant (see {@link Spelling}), UUID, or one of this package's identifiers.
     *
     * @throws IllegalArgumentException for a value of any other type, and for an integer that a double would round
     */
    static Json of(@Nullable Object value) {
        return switch (value) {
            case null -> Null.NULL;
            case Json json -> json;
            case String text -> new Str(text);
            case Boolean truth -> new Bool(truth);
            case Number number -> JsonText.number(number);
            case List<?> items -> new Arr(items.stream().map(Json::of).toList());
            case Map<?, ?> members -> {
                Map<String, Json> read = new LinkedHashMap<>();
                members.forEach((name, member) -> read.put((String) name, of(member)));
                yield new Obj(read);
            }
            default -> new Str(JsonText.of(value));
        };
    }

    /** The canonical spelling (RFC 8785). */
    default String canonical() {
        return new CanonicalJson().write(this);
    }

    /** The canonical spelling in UTF-8: what is hashed and signed. */
    default byte[] canonicalBytes() {
        return canonical().getBytes(UTF_8);
    }
}
