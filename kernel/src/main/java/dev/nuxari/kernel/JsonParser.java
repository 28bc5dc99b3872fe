package dev.nuxari.kernel;

import dev.nuxari.kernel.Json.Arr;
import dev.nuxari.kernel.Json.Bool;
import dev.nuxari.kernel.Json.Null;
import dev.nuxari.kernel.Json.Num;
import dev.nuxari.kernel.Json.Obj;
import dev.nuxari.kernel.Json.Str;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads one JSON text by the grammar of RFC 8259, and nothing that other readers could understand differently. */
final class JsonParser {
    private static final char END = '\uffff';

    private final String text;
    private int position;
    private int depth;
    private int values;

    JsonParser(String text) {
        this.text = text;
    }

    Json parse() {
        Json value = value();
        skipSpace();
        if (position < text.length()) {
            throw refuse("something follows the value");
        }
        return value;
    }

    private Json value() {
        skipSpace();
        if (++values > Json.MAX_VALUES) {
            throw refuse("more than " + Json.MAX_VALUES + " values");
        }
        return switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> new Str(string());
            case 't' -> word("true", new Bool(true));
            case 'f' -> word("false", new Bool(false));
            case 'n' -> word("null", Null.NULL);
            default -> number();
        };
    }

    private Obj object() {
        enter();
        Map<String, Json> members = new LinkedHashMap<>();
        boolean more = !takeAfterSpace('}');
        while (more) {
            skipSpace();
            int start = position;
            String name = string();
            if (members.containsKey(name)) {
                position = start;
                throw refuse("the member name stands twice");
            }
            skipSpace();
            expect(':');
            members.put(name, value());
            more = takeAfterSpace(',');
            if (!more) {
                expect('}');
            }
        }
        depth--;
        return new Obj(members);
    }

    private Arr array() {
        enter();
        List<Json> items = new ArrayList<>();
        boolean more = !takeAfterSpace(']');
        while (more) {
            items.add(value());
            more = takeAfterSpace(',');
            if (!more) {
                expect(']');
            }
        }
        depth--;
        return new Arr(items);
    }

    private void enter() {
        if (++depth > Json.MAX_DEPTH) {
            throw refuse("nested deeper than " + Json.MAX_DEPTH);
        }
        position++;
    }

    private Json word(String word, Json value) {
        if (!text.startsWith(word, position)) {
            throw refuse("expected " + word);
        }
        position += word.length();
        return value;
    }

    private String string() {
        expect('"');
        StringBuilder read = new StringBuilder();
        while (peek() != '"') {
            int start = position;
            if (Character.isHighSurrogate(unit(read))) {
                if (!Character.isLowSurrogate(unit(read))) {
                    position = start;
                    throw refuse("half of a surrogate pair");
                }
            } else if (Character.isLowSurrogate(read.charAt(read.length() - 1))) {
                position = start;
                throw refuse("half of a surrogate pair");
            }
        }
        position++;
        return read.toString();
    }

    /** Reads one UTF-16 unit, plain or escaped. */
    private char unit(StringBuilder read) {
        if (position >= text.length()) {
            throw refuse("the string does not end");
        }
        char unit = text.charAt(position);
        if (unit < ' ') {
            throw refuse("a control character must be escaped");
        }
        if (unit == '\\') {
            unit = escape();
        }
        position++;
        read.append(unit);
        return unit;
    }

    /** Reads an escape but for its last character. */
    private char escape() {
        position++;
        return switch (peek()) {
            case '"', '\\', '/' -> peek();
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> hexadecimal();
            default -> throw refuse("no such escape");
        };
    }

    private char hexadecimal() {
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            position++;
            char digit = peek();
            // Character.digit would take the digits of other scripts too.
            int value = digit < 128 ? Character.digit(digit, 16) : -1;
            if (value < 0) {
                throw refuse("expected a hexadecimal digit");
            }
            unit = unit << 4 | value;
        }
        return (char) unit;
    }

    private Num number() {
        int start = position;
        take('-');
        if (!take('0')) {
            digits("a value");
        }
        if (take('.')) {
            digits("a digit");
        }
        if (take('e') || take('E')) {
            if (!take('+')) {
                take('-');
            }
            digits("a digit");
        }
        double value = Double.parseDouble(text.substring(start, position));
        if (Double.isInfinite(value)) {
            position = start;
            throw refuse("no double holds this number");
        }
        return new Num(value);
    }

    private void digits(String expected) {
        int start = position;
        while (peek() >= '0' && peek() <= '9') {
            position++;
        }
        if (position == start) {
            throw refuse("expected " + expected);
        }
    }

    private boolean takeAfterSpace(char expected) {
        skipSpace();
        return take(expected);
    }

    private boolean take(char expected) {
        boolean found = position < text.length() && text.charAt(position) == expected;
        if (found) {
            position++;
        }
        return found;
    }

    private void expect(char expected) {
        if (!take(expected)) {
            throw refuse("expected " + expected);
        }
    }

    private void skipSpace() {
        while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
            position++;
        }
    }

    private char peek() {
        return position < text.length() ? text.charAt(position) : END;
    }

    private JsonException refuse(String reason) {
        return new JsonException(
                "position " + position, position < text.length() ? reason : reason + ", found the end");
    }
}
