package dev.nuxari.cli;

import dev.nuxari.cli.api.Api;
import dev.nuxari.cli.api.Fields;
import dev.nuxari.kernel.Json;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which packages: those of a period, and of them those about one thing. */
final class CollectionFilter {
    private static final int SEARCHED = 1000;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            required = true,
            converter = Moment.class,
            description = "From this day (UTC) or time on: 2026-01-31, 2026-01-31T08:00:00Z.")
    private Instant from = Instant.EPOCH;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            required = true,
            converter = Moment.class,
            description = "Before this day or time, which is not in the future.")
    private Instant to = Instant.EPOCH;

    @ArgGroup
    private @Nullable About about;

    /** One of these. */
    static final class About {
        @Option(
                names = "--account",
                paramLabel = "ID",
                description = "About one account: its id, or SYSTEM/NAME as packages have it.")
        private @Nullable String account;

        @Option(names = "--system", paramLabel = "ID", description = "About the accounts of one connected system.")
        private @Nullable String system;

        @Option(names = "--control", paramLabel = "ID", description = "For one control, such as ac-5.")
        private @Nullable String control;
    }

    /** A day begins at midnight. */
    static final class Moment implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String given) {
            try {
                return given.length() == "2026-01-31".length()
                        ? LocalDate.parse(given).atStartOfDay(ZoneOffset.UTC).toInstant()
                        : Instant.parse(given);
            } catch (DateTimeParseException _) {
                throw new TypeConversionException("\"" + given + "\" is neither a day nor a time.");
            }
        }
    }

    Path fileName() {
        return Path.of("evidence-%s-%s.jsonl".formatted(day(from), day(to)));
    }

    private static LocalDate day(Instant time) {
        return time.atZone(ZoneOffset.UTC).toLocalDate();
    }

    String path(Api api, String path) {
        Query query = Query.of(path).with("from", from.toString()).with("to", to.toString());
        if (about == null) {
            return query.path();
        }
        return query.with("account", about.account == null ? null : scope(api, about.account))
                .with("connectorId", about.system == null ? null : Door.id(api, "/connectors", about.system))
                .with("control", about.control)
                .path();
    }

    /** As packages name an account. One that is gone from its system has no id any more. */
    private static String scope(Api api, String given) {
        if (given.contains("/")) {
            return given;
        }
        String id = Door.id(api, "/accounts", given);
        Json.Obj account = api.list("/accounts", SEARCHED).stream()
                .filter(item -> Fields.text(item, "id").equals(id))
                .findFirst()
                .orElseThrow(() -> new Usage("There is no account " + id + "; give it as SYSTEM/NAME."));
        return Fields.text(account, "connectorId") + "/" + Fields.text(account, "nativeId");
    }
}
