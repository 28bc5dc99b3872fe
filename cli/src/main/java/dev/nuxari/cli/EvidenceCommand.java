package dev.nuxari.cli;

import dev.nuxari.cli.api.Api;
import dev.nuxari.cli.api.Fields;
import dev.nuxari.cli.terminal.Sheet;
import dev.nuxari.cli.terminal.Table;
import dev.nuxari.cli.terminal.Terminal;
import dev.nuxari.kernel.Json;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What proves that exactly the approved thing was done. */
@Command(
        name = "evidence",
        description = "List, read, export and collect evidence packages.",
        footer = {
            "",
            "Examples:",
            "  nuxari evidence list",
            "  nuxari evidence export 7f3c --file package.json --trusted-root keys.json",
            "  nuxari evidence export 7f3c --format pdf",
            "  nuxari verify package.json --trusted-root keys.json",
            "  nuxari evidence collect --from 2026-01-01 --to 2026-04-01 --file quarter.jsonl",
            "  nuxari verify quarter.jsonl --trusted-root keys.json"
        })
final class EvidenceCommand {
    private static final String LIST = "/evidence-packages";

    private final Terminal terminal;
    private final Door door;

    EvidenceCommand(Terminal terminal, Door door) {
        this.terminal = terminal;
        this.door = door;
    }

    @Command(name = "list", description = "List evidence packages, newest first.")
    int list(
            @Option(names = "--limit", defaultValue = "50", description = "At most this many (default: 50).")
                    int limit) {
        List<Json.Obj> items = door.api().list(LIST, limit);
        terminal.answer(Door.items(items), () -> {
            Table table = new Table("ID", "OUTCOME", "RECORDS", "LOG INDEX", "SEALED", "WORKFLOW");
            items.forEach(item -> table.row(
                    Fields.text(item, "id"),
                    Fields.text(item, "outcome"),
                    Fields.text(item, "records"),
                    Fields.text(item, "logIndex"),
                    terminal.time(Fields.text(item, "sealedAt")),
                    Fields.text(item, "workflowId")));
            table.print(terminal);
        });
        return Exit.DONE.code();
    }

    @Command(name = "show", description = "Show one package with its records and hashes.")
    int show(@Parameters(paramLabel = "ID") String id) {
        Api api = door.api();
        Json.Obj sealed = api.get(LIST + "/" + Door.id(api, LIST, id));
        terminal.answer(sealed, () -> {
            new Sheet(terminal)
                    .line("package", Fields.text(sealed, "id"))
                    .line("outcome", Fields.text(sealed, "outcome"))
                    .line("sealed", terminal.time(Fields.text(sealed, "sealedAt")))
                    .line("workflow", Fields.text(sealed, "workflowId"))
                    .line("plan hash", Fields.text(sealed, "planHash"))
                    .line("merkle root", Fields.text(sealed, "merkleRoot"))
                    .line("log index", Fields.text(sealed, "logIndex"))
                    .print();
            terminal.line("");
            Table records = new Table("AT", "RECORD", "HASH");
            Fields.objects(sealed, "records")
                    .forEach(entry -> records.row(
                            terminal.time(Fields.text(entry, "at")),
                            Fields.text(entry, "type"),
                            Fields.text(entry, "hash")));
            records.print(terminal);
        });
        return Exit.DONE.code();
    }

    @Command(name = "export", description = "Write the package to a file, byte for byte as it was sealed.")
    int export(
            @Parameters(paramLabel = "ID") String id,
            @Option(
                            names = "--format",
                            paramLabel = "FORMAT",
                            defaultValue = "json",
                            description =
                                    "json (default), pdf, sigstore, sigstore-trusted-root, sigstore-public-key or oscal.")
                    String format,
            @Option(names = "--file", paramLabel = "FILE", description = "Where to; by default evidence-ID.EXTENSION.")
                    @Nullable
                    Path file,
            @Option(
                            names = "--trusted-root",
                            paramLabel = "FILE",
                            description = "Write the organization's keys as well.")
                    @Nullable
                    Path trustedRoot) {
        String extension = extension(format);
        boolean json = format.equals("json");
        Api api = door.api();
        String found = Door.id(api, LIST, id);
        Path target = file == null ? Path.of("evidence-" + found + "." + extension) : file;
        LocalFile.replace(
                target,
                api.download(Query.of(LIST + "/" + found + "/export")
                        .with("format", json ? null : format)
                        .path()));
        if (trustedRoot != null) {
            LocalFile.replace(trustedRoot, api.keys());
        }
        terminal.answer(Json.object("file", target.toString(), "packageId", found), () -> {
            terminal.line("Wrote " + target);
            if (json) {
                terminal.line("Verify it without the server: nuxari verify " + target
                        + (trustedRoot == null ? "" : " --trusted-root " + trustedRoot));
            }
        });
        return Exit.DONE.code();
    }

    @Command(
            name = "collect",
            description = "Write every package of a period to one file that shows that none is missing.")
    int collect(
            @Mixin CollectionFilter filter,
            @Option(names = "--file", paramLabel = "FILE", description = "Where to; by default evidence-FROM-TO.jsonl.")
                    @Nullable
                    Path file,
            @Option(
                            names = "--trusted-root",
                            paramLabel = "FILE",
                            description = "Write the organization's keys as well.")
                    @Nullable
                    Path trustedRoot) {
        Api api = door.api();
        Path target = file == null ? filter.fileName() : file;
        String path = filter.path(api, "/evidence-collections");
        LocalFile.replace(target, out -> api.download(path, out));
        if (trustedRoot != null) {
            LocalFile.replace(trustedRoot, api.keys());
        }
        terminal.answer(Json.object("file", target.toString()), () -> {
            terminal.line("Wrote " + target);
            terminal.line("Verify it without the server: nuxari verify " + target
                    + (trustedRoot == null ? "" : " --trusted-root " + trustedRoot));
        });
        return Exit.DONE.code();
    }

    private static String extension(String format) {
        return switch (format) {
            case "json", "pdf" -> format;
            case "sigstore", "oscal" -> format + ".json";
            case "sigstore-trusted-root" -> "trusted-root.json";
            case "sigstore-public-key" -> "pub.pem";
            default ->
                throw new Usage(
                        "There is no format \"%s\". \"nuxari evidence export --help\" names them.".formatted(format));
        };
    }
}
