package dev.nuxari.protocol;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Where the fuzzer begins: files as they should be, and a few changes to them. */
final class FuzzSeeds {
    private static final Map<Class<?>, Supplier<List<byte[]>>> SEEDS = Map.of(
            FuzzedTexts.class, FuzzSeeds::texts,
            FuzzedNotes.class, FuzzSeeds::notes,
            FuzzedManifests.class, () -> files(notary().manifest().json().canonicalBytes()),
            FuzzedPackages.class, () -> files(notary().packaged(RecordedWorkflow.completed())),
            FuzzedExports.class, () -> files(new ExportedLog(notary(), 23).exported(22, 3)),
            FuzzedAgents.class, () -> files(FuzzedAgents.genuine()),
            FuzzedLogs.class, () -> files(new byte[] {0, 0, 1, 6, 1, 2, 0, 9, 6, 4}),
            FuzzedReleases.class, () -> files(FuzzedReleases.genuine()),
            FuzzedFormats.class, () -> together(List.of(FuzzedTexts.class, FuzzedNotes.class)),
            FuzzedFiles.class,
                    () -> together(List.of(
                            FuzzedManifests.class,
                            FuzzedPackages.class,
                            FuzzedExports.class,
                            FuzzedAgents.class,
                            FuzzedLogs.class,
                            FuzzedReleases.class)));

    private FuzzSeeds() {}

    static List<byte[]> of(Class<?> target) {
        return SEEDS.getOrDefault(target, List::of).get();
    }

    private static Notary notary() {
        return new Notary(RecordedWorkflow.ORGANIZATION);
    }

    private static List<byte[]> together(List<Class<?>> targets) {
        List<byte[]> seeds = new ArrayList<>();
        for (int i = 0; i < targets.size(); i++) {
            for (byte[] seed : of(targets.get(i))) {
                seeds.add(chosen(i, seed));
            }
        }
        return seeds;
    }

    private static List<byte[]> texts() {
        byte[] genuine = notary().packaged(RecordedWorkflow.rejected());
        String text = new String(genuine, UTF_8);
        return List.of(
                chosen(0, genuine),
                chosen(0, "[1e-7,-0.0,1.5E+300,true,null,\"\\ud83d\\udd11\\u0000\"]".getBytes(UTF_8)),
                chosen(1, text.substring(0, 200).getBytes(UTF_16BE)));
    }

    /** In the order of the readers. */
    private static List<byte[]> notes() {
        List<String> texts = List.of(
                FuzzedNotes.NOTE.encoded(),
                FuzzedNotes.NOTE.text(),
                FuzzedNotes.PROOF.encoded(),
                FuzzedNotes.KEY.encoded(),
                "\u0000\u0002ab\u0000\u0000",
                "entries/x001/x234/067.p/8",
                "\u0000".repeat(15) + "\u0002" + "h".repeat(32),
                "\u0000".repeat(7) + "\u0001" + "\u0000".repeat(7) + "\u0003" + "h".repeat(64),
                "=AAEC",
                "{\"organizationId\":\"" + RecordedWorkflow.ORGANIZATION + "\",\"sequence\":5}",
                "type{}");
        List<byte[]> seeds = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            seeds.add(chosen(i, texts.get(i).getBytes(UTF_8)));
        }
        return seeds;
    }

    /** A genuine file for the mode that takes any bytes, and scripts for those that change one. */
    private static List<byte[]> files(byte[] genuine) {
        List<byte[]> seeds = new ArrayList<>(List.of(chosen(0, genuine)));
        for (int mode = 1; mode < 3; mode++) {
            for (byte i = 1; i < 16; i++) {
                seeds.add(chosen(mode, new byte[] {i, i, (byte) (i * 7), (byte) (i * 3), 1, i, 2, i}));
            }
        }
        return seeds;
    }

    private static byte[] chosen(int choice, byte[] rest) {
        var bytes = new ByteArrayOutputStream();
        bytes.write(choice);
        bytes.writeBytes(rest);
        return bytes.toByteArray();
    }
}
