package dev.nuxari.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.server.redaction.Redactor;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many megabytes one thread redacts in a second, and how well: single events, long documents, text with secrets. Secretlint
 * reads the same texts in the same run, and finds what it finds in the same corpus.
 */
final class HowFastIsRedaction implements Standalone {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double BYTES_PER_MEGABYTE = 1e6;
    private static final double SECONDS = 3;
    /** The best of so many: what else runs on the machine only ever takes time away. */
    private static final int ROUNDS = 5;

    private static final int EVENTS = 2000;
    private static final int EVENTS_IN_DOCUMENT = 500;

    private final Redactor redactor = new Redactor(() -> new byte[32]);

    @Override
    public String name() {
        return "redaction";
    }

    @Override
    public Json.Obj answer(Path home, Path folder) throws IOException, InterruptedException {
        LabelledCorpus corpus = LabelledCorpus.in(home.resolve("server/src/test/resources/redaction/corpus.jsonl"));
        List<Json> events = AuditEvents.made(EVENTS);
        Json document = new Json.Arr(events.subList(0, EVENTS_IN_DOCUMENT));
        Map<String, List<String>> workloads = new LinkedHashMap<>();
        workloads.put("cleanEvents", events.stream().map(Json::canonical).toList());
        workloads.put("cleanDocument", List.of(document.canonical()));
        workloads.put("withSecrets", corpus.textsWithSecrets());

        Map<String, Json> ours = new LinkedHashMap<>();
        workloads.forEach((name, texts) -> ours.put(name, Json.of(best(texts, () -> texts.forEach(redactor::redact)))));
        ours.put(
                "cleanEventsParsed",
                Json.of(best(workloads.get("cleanEvents"), () -> events.forEach(redactor::redact))));
        ours.put("cleanDocumentParsed", Json.of(best(workloads.get("cleanDocument"), () -> redactor.redact(document))));
        Json.Obj peer = Secretlint.fetched(home, folder).measure(corpus.texts(), workloads, SECONDS);
        return Json.object(
                "corpus", corpus.size(),
                "eventBytes", bytes(workloads.get("cleanEvents")) / EVENTS,
                "documentBytes", bytes(workloads.get("cleanDocument")),
                "ours", score(corpus, corpus.found(), new Json.Obj(ours)),
                "secretlint", score(corpus, Secretlint.found(peer), peer.object("megabytesPerSecond")),
                "secretlintVersion", Secretlint.VERSION,
                "node", peer.string("node"),
                "timesAsFast", ratios(new Json.Obj(ours), peer.object("megabytesPerSecond")));
    }

    private static Json.Obj score(LabelledCorpus corpus, List<List<LabelledCorpus.Stretch>> found, Json.Obj speeds) {
        return Json.object(
                "megabytesPerSecond", rounded(speeds),
                "recall", Load.rounded3(corpus.recall(found)),
                "precision", Load.rounded3(corpus.precision(found)));
    }

    private static Json.Obj rounded(Json.Obj figures) {
        Map<String, Json> rounded = new LinkedHashMap<>();
        figures.members().keySet().forEach(name -> rounded.put(name, Json.of(Load.rounded(figures.number(name)))));
        return new Json.Obj(rounded);
    }

    private static Json.Obj ratios(Json.Obj ours, Json.Obj theirs) {
        Map<String, Json> ratios = new LinkedHashMap<>();
        theirs.members()
                .keySet()
                .forEach(name -> ratios.put(name, Json.of(Load.rounded(ours.number(name) / theirs.number(name)))));
        return new Json.Obj(ratios);
    }

    /** Megabytes in a second of this thread's time, in the best round after one that is not counted. */
    private static double best(List<String> texts, Runnable work) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long size = bytes(texts);
        double best = 0;
        for (int round = 0; round <= ROUNDS; round++) {
            long began = threads.getCurrentThreadCpuTime();
            long taken = 0;
            long read = 0;
            while (taken < SECONDS / ROUNDS * NANOS_PER_SECOND) {
                work.run();
                read += size;
                taken = threads.getCurrentThreadCpuTime() - began;
            }
            double speed = read / BYTES_PER_MEGABYTE / (taken / NANOS_PER_SECOND);
            best = round == 0 ? 0 : Math.max(best, speed);
        }
        return best;
    }

    private static long bytes(List<String> texts) {
        return texts.stream().mapToLong(text -> text.getBytes(UTF_8).length).sum();
    }
}
