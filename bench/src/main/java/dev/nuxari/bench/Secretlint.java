package dev.nuxari.bench;

import dev.nuxari.bench.LabelledCorpus.Stretch;
import dev.nuxari.kernel.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/** Another scanner for secrets, with its recommended rules. npm fetches the versions of {@code bench/secretlint}. */
final class Secretlint {
    static final String VERSION = "11.7.1";

    private static final List<String> FILES = List.of("package.json", "package-lock.json", "measure.mjs");

    private final Path folder;

    private Secretlint(Path folder) {
        this.folder = folder;
    }

    /** Fetches it into a folder that outlives the run. */
    static Secretlint fetched(Path home, Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        for (String file : FILES) {
            Files.copy(
                    home.resolve("bench/secretlint").resolve(file),
                    folder.resolve(file),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        if (!Files.exists(folder.resolve("node_modules/@secretlint/core"))) {
            Bench.say("fetching secretlint " + VERSION);
            run(folder, folder.resolve("npm.out"), "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        }
        return new Secretlint(folder);
    }

    /** What it finds in each text, and how fast it reads the others. */
    Json.Obj measure(List<String> texts, Map<String, List<String>> workloads, double seconds)
            throws IOException, InterruptedException {
        Path asked = folder.resolve("asked.json");
        Path answered = folder.resolve("answered.json");
        Files.writeString(
                asked,
                Json.object("samples", texts, "workloads", workloads, "seconds", seconds)
                        .canonical());
        run(folder, answered, "node", "measure.mjs", asked.toAbsolutePath().toString());
        return Json.parseObject(Files.readString(answered));
    }

    static List<List<Stretch>> found(Json.Obj answer) {
        return answer.array("found").stream().map(Secretlint::stretches).toList();
    }

    private static List<Stretch> stretches(Json found) {
        return ((Json.Arr) found)
                .items().stream()
                        .map(range -> ((Json.Arr) range).items())
                        .map(range -> new Stretch(number(range.get(0)), number(range.get(1))))
                        .toList();
    }

    private static int number(Json value) {
        return (int) ((Json.Num) value).value();
    }

    private static void run(Path folder, Path output, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + " ended with " + process.exitValue());
        }
    }
}
