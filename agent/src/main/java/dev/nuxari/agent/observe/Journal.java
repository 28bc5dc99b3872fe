package dev.nuxari.agent.observe;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.agent.action.HostPrograms;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The host's journal of logins, read part by part. Each begins with the entry at which the one before ended: where that is not there any
 * more, there is a gap, and the part says so.
 */
public final class Journal {
    private static final Duration FIRST = Duration.ofHours(1);
    private static final Pattern CURSOR = Pattern.compile("[0-9a-z=;]{0,400}");

    private final HostPrograms programs;
    private final Bookmark bookmark;

    /** What is to be remembered beyond the agent's end. */
    public interface Bookmark {
        Optional<Json.Obj> read() throws IOException;

        void write(Json.Obj place) throws IOException;
    }

    /**
     * Lines as syslog writes them, without their time.
     *
     * @param gap whether something between the part before and this one was lost, or nobody knows
     * @param more whether there is more than one part has; the next one goes on there
     */
    record Part(List<String> lines, Instant since, Instant until, boolean gap, boolean more) {
        Part {
            lines = List.copyOf(lines);
        }
    }

    public Journal(HostPrograms programs, Bookmark bookmark) {
        this.programs = programs;
        this.bookmark = bookmark;
    }

    private record Entry(String cursor, Instant at, String line) {}

    /**
     * Up to where it was read.
     *
     * @param cursor of the last entry; empty if nothing was said yet
     */
    private record Place(String cursor, Instant until) {
        boolean isAtAnEntry() {
            return !cursor.isEmpty();
        }
    }

    /** The next part; empty where there is no journal. What was read is the look's evidence. */
    Optional<Part> next(HostFiles files, Instant now) throws IOException {
        Optional<Place> before = place();
        Instant since = before.map(Place::until).orElse(now.minus(FIRST));
        Optional<String> continued = before.filter(Place::isAtAnEntry)
                .flatMap(place -> programs.journalFrom(place.cursor()))
                .filter(said -> !said.isBlank());
        Optional<String> said = continued.isPresent() ? continued : programs.journalSince(since);
        if (said.isEmpty()) {
            return Optional.empty();
        }
        files.note("journal", said.get().getBytes(UTF_8));
        boolean more = said.get().getBytes(UTF_8).length >= HostPrograms.MOST_OF_A_JOURNAL;
        List<Entry> entries = entries(said.get(), more);
        boolean isThere = continued.isPresent() && isFirst(before.orElseThrow().cursor(), entries);
        List<Entry> fresh = isThere ? entries.subList(1, entries.size()) : entries;
        Instant until = more && !entries.isEmpty() ? entries.getLast().at() : now;
        boolean nothingBefore = before.isPresent() && !before.get().isAtAnEntry();
        String last = entries.isEmpty() ? "" : entries.getLast().cursor();
        bookmark.write(Json.object("v", 1, "cursor", last, "until", until));
        List<String> lines = fresh.stream().map(Entry::line).toList();
        return Optional.of(new Part(lines, since, until, !isThere && !nothingBefore, more));
    }

    private static boolean isFirst(String cursor, List<Entry> entries) {
        return !entries.isEmpty() && entries.getFirst().cursor().equals(cursor);
    }

    private Optional<Place> place() throws IOException {
        try {
            return bookmark.read()
                    .map(place -> new Place(place.string("cursor"), Instant.parse(place.string("until"))))
                    .filter(place -> CURSOR.matcher(place.cursor()).matches());
        } catch (IllegalArgumentException | java.time.DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The last line may be half of one. */
    private static List<Entry> entries(String said, boolean cut) {
        List<String> lines = said.lines().toList();
        List<Entry> entries = new ArrayList<>();
        for (String line : cut && !lines.isEmpty() ? lines.subList(0, lines.size() - 1) : lines) {
            entry(line).ifPresent(entries::add);
        }
        return entries;
    }

    /** Empty for what has no place in the journal. A message that is no text is one without words. */
    private static Optional<Entry> entry(String line) {
        try {
            Json.Obj entry = Json.parseObject(line);
            String process =
                    text(entry, "SYSLOG_PID").or(() -> text(entry, "_PID")).orElse("");
            String name = text(entry, "SYSLOG_IDENTIFIER").orElse("");
            return Optional.of(new Entry(
                    entry.string("__CURSOR"),
                    Instant.EPOCH
                            .plus(Long.parseLong(entry.string("__REALTIME_TIMESTAMP")), ChronoUnit.MICROS)
                            .truncatedTo(ChronoUnit.MILLIS),
                    " " + name + (process.isEmpty() ? "" : "[" + process + "]") + ": "
                            + text(entry, "MESSAGE").orElse("")));
        } catch (JsonException | NumberFormatException | java.time.DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(Json.Obj entry, String name) {
        return entry.has(name) && entry.member(name) instanceof Json.Str(String text)
                ? Optional.of(text)
                : Optional.empty();
    }
}
