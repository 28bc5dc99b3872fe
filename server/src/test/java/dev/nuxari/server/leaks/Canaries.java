package dev.nuxari.server.leaks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Sha256;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

/** Makes a canary for each kind and place: the same in every run, so that what was found once is found again. */
final class Canaries {
    private final Map<String, Canary> made = new LinkedHashMap<>();
    private int turn;

    String text(String place, Kind kind) {
        return canary(place, kind).text();
    }

    /** A password and nothing around it, for where only the place says what it is. */
    String bare(String place) {
        return canary(place, Kind.COMMAND_LINE).cores().getFirst();
    }

    private Canary canary(String place, Kind kind) {
        return made.computeIfAbsent(kind + " " + place, name -> canary(place, kind, name));
    }

    /** A secret that the server itself has made. */
    void add(String place, String secret) {
        String core = secret.substring(Math.max(0, secret.length() - 40));
        made.put(secret, new Canary(place, Kind.BEARER_HEADER, secret, List.of(core)));
    }

    /** One of a single line; the kinds take turns. */
    String next(String place) {
        return text(place, Kind.ONE_LINE.get(turn++ % Kind.ONE_LINE.size()));
    }

    /** One of each kind, and the word, in one text of several lines. */
    String all(String place) {
        return List.of(Kind.values()).stream().map(kind -> text(place, kind)).collect(Collectors.joining("\n"));
    }

    Collection<Canary> made() {
        return List.copyOf(made.values());
    }

    private static Canary canary(String place, Kind kind, String name) {
        long seed = ByteBuffer.wrap(Sha256.of(name.getBytes(UTF_8))).getLong();
        Kind.Made one = kind.make(new Random(seed));
        return new Canary(place, kind, one.text(), one.cores());
    }
}
