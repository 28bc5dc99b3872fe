package dev.nuxari.server.api;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The header in which proxies write down from whom they took a request, each behind what the others wrote. */
enum ForwardedHeader {
    X_FORWARDED_FOR("X-Forwarded-For") {
        @Override
        List<String> hops(String value) {
            return List.of(value.split(",", -1));
        }
    },
    /** RFC 7239. */
    FORWARDED("Forwarded") {
        @Override
        List<String> hops(String value) {
            List<String> hops = new ArrayList<>();
            Matcher element = ELEMENT.matcher(value);
            int end = 0;
            while (end <= value.length() && element.find(end) && element.start() == end) {
                hops.add(node(element.group(1)));
                end = element.end() + 1;
            }
            if (end <= value.length()) {
                throw unreadable(value);
            }
            return hops;
        }
    };

    private static final String QUOTED = "\"(?:[^\"\\\\]|\\\\.)*+\"";

    /** What stands between two commas that are not quoted. */
    private static final Pattern ELEMENT = Pattern.compile("((?:[^\",]|" + QUOTED + ")*+)(?=,|$)");

    private static final Pattern PAIR =
            Pattern.compile("\\s*([!#$%&'*+.^_`|~0-9A-Za-z-]+)=(" + QUOTED + "|[^\";]*+)\\s*(?:;|$)");
    private static final Pattern WITH_PORT = Pattern.compile("\\[([^\\[\\]]+)](?::\\d{1,5})?|([0-9.]+):\\d{1,5}");

    private final String field;

    ForwardedHeader(String field) {
        this.field = field;
    }

    String field() {
        return field;
    }

    /** What the proxies wrote, the nearest one last. */
    abstract List<String> hops(String value);

    /**
     * The address in what a proxy wrote; a port may stand behind it.
     *
     * @throws IllegalArgumentException if there is none, as in {@code unknown}
     */
    static NetworkAddress address(String hop) {
        Matcher withPort = WITH_PORT.matcher(hop.strip());
        if (!withPort.matches()) {
            return NetworkAddress.parse(hop.strip());
        }
        return NetworkAddress.parse(withPort.group(1) == null ? withPort.group(2) : withPort.group(1));
    }

    /** The node of {@code for=}; it stands once in an element. */
    private static String node(String element) {
        Matcher pair = PAIR.matcher(element);
        List<String> found = new ArrayList<>();
        int end = 0;
        while (end < element.length() && pair.find(end) && pair.start() == end) {
            if (pair.group(1).equalsIgnoreCase("for")) {
                found.add(unquoted(pair.group(2)));
            }
            end = pair.end();
        }
        if (end < element.length() || found.size() != 1) {
            throw unreadable(element);
        }
        return found.getFirst();
    }

    private static String unquoted(String value) {
        return value.startsWith("\"") ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1") : value;
    }

    private static IllegalArgumentException unreadable(String value) {
        return new IllegalArgumentException("names nobody: " + value);
    }
}
