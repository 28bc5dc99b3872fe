package dev.nuxari.kernel;

import dev.nuxari.kernel.Json.Arr;
import dev.nuxari.kernel.Json.Bool;
import dev.nuxari.kernel.Json.Null;
import dev.nuxari.kernel.Json.Num;
import dev.nuxari.kernel.Json.Obj;
import dev.nuxari.kernel.Json.Str;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Writes the JSON Canonicalization Scheme (RFC 8785, section 3.2). */
final class CanonicalJson {
    private static final String HEX = "0123456789abcdef";

    private final StringBuilder out = new StringBuilder();
    private int depth;

    String write(Json value) {
        value(value);
        return out.toString();
    }

    private void value(Json value) {
        switch (value) {
            case Obj object -> object(object);
            case Arr array -> array(array);
            case Str(String text) -> string(text);
            case Num(double number) -> out.append(number(number));
            case Bool(boolean truth) -> out.append(truth);
            case Null.NULL -> out.append("null");
        }
    }

    private void object(Obj object) {
        enter();
        List<String> names = new ArrayList<>(object.members().keySet());
        names.sort(null); // String compares UTF-16 code units, which is the order the RFC asks for.
        String separator = "{";
        for (String name : names) {
            out.append(separator);
            string(name);
            out.append(':');
            value(object.member(name));
            separator = ",";
        }
        out.append(names.isEmpty() ? "{}" : "}");
        depth--;
    }

    private void array(Arr array) {
        enter();
        out.append('[');
        for (int i = 0; i < array.items().size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            value(array.items().get(i));
        }
        out.append(']');
        depth--;
    }

    private void enter() {
        if (++depth > Json.MAX_DEPTH) {
            throw new JsonException("/", "nested deeper than " + Json.MAX_DEPTH);
        }
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            character(text.charAt(i));
        }
        out.append('"');
    }

    private void character(char character) {
        switch (character) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (character < ' ') {
                    out.append("\\u00").append(HEX.charAt(character >> 4)).append(HEX.charAt(character & 0xf));
                } else {
                    out.append(character);
                }
            }
        }
    }

    /** Number::toString of ECMA-262, which RFC 8785 section 3.2.2.3 names. */
    static String number(double value) {
        if (value == 0) {
            return "0";
        }
        if (value < 0) {
            return "-" + number(-value);
        }
        BigDecimal shortest = shortest(value);
        String digits = shortest.unscaledValue().toString();
        int point = digits.length() - shortest.scale(); // the decimal point stands after this many digits
        if (point > 21 || point <= -6) {
            return scientific(digits, point - 1);
        }
        if (point >= digits.length()) {
            return digits + "0".repeat(point - digits.length());
        }
        return point > 0
                ? digits.substring(0, point) + "." + digits.substring(point)
                : "0." + "0".repeat(-point) + digits;
    }

    private static String scientific(String digits, int exponent) {
        String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
        return digits.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+") + Math.abs(exponent);
    }

    /** The fewest digits that read back as the value and, among those, the nearest. */
    private static BigDecimal shortest(double value) {
        BigDecimal java = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        if (java.precision() != 2) {
            return java;
        }
        // Java always considers two digits (4.9E-324), where ECMAScript prefers one when it is enough (5e-324).
        BigDecimal single = new BigDecimal(value).round(new MathContext(1, RoundingMode.HALF_EVEN));
        return single.doubleValue() == value ? single.stripTrailingZeros() : java;
    }
}
