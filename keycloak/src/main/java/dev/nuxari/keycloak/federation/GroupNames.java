package dev.nuxari.keycloak.federation;

import java.util.List;
import java.util.stream.Collectors;

/** Groups as they go into the token: those that the server knows, once each. */
final class GroupNames {
    private static final int LAST_CONTROL = 0x1f;

    private GroupNames() {}

    /** A JSON array, in the order in which the server names them. */
    static String json(List<String> said, List<String> known) {
        return known.stream()
                .filter(said::contains)
                .distinct()
                .map(GroupNames::quoted)
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c <= LAST_CONTROL) {
                quoted.append("\\u%04x".formatted((int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
