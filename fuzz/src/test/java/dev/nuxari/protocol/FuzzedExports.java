package dev.nuxari.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Json.Obj;
import dev.nuxari.kernel.Sha256;
import dev.nuxari.protocol.AuditExportVerification.Verified;
import dev.nuxari.transparency.StrictBase64;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Audit exports: any bytes, genuine ones that were changed, and ones that were changed before the real key signed them. */
public final class FuzzedExports {
    private static final Notary NOTARY = new Notary(RecordedWorkflow.ORGANIZATION);
    private static final byte[] GENUINE = new ExportedLog(NOTARY, 23).exported(22, 20, 6, 0);

    private FuzzedExports() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        byte[] rest = Demanded.rest(input);
        switch (Demanded.choice(input, 3)) {
            case 0 -> verified(rest);
            case 1 -> {
                byte[] changed = joined(changed(rest));
                Demanded.that(!verified(changed) || Arrays.equals(changed, GENUINE), "verified what was changed");
            }
            default -> verified(resigned(changed(rest)));
        }
    }

    private static List<String> changed(byte[] script) {
        List<String> lines = new ArrayList<>(new String(GENUINE, UTF_8).lines().toList());
        int place = Demanded.choice(script, lines.size());
        lines.set(
                place,
                new JsonEdits(Demanded.rest(script))
                        .applied(Json.parseObject(lines.get(place)))
                        .canonical());
        return lines;
    }

    private static byte[] resigned(List<String> lines) {
        lines.removeLast();
        byte[] before = joined(lines);
        Obj last = Json.object("events", lines.size() - 1, "digest", Sha256.hexOf(before));
        byte[] signature = NOTARY.log().sign(AuditExport.signedBytes(last));
        lines.add(
                last.with(AuditExport.SIGNATURE, StrictBase64.encode(signature)).canonical());
        return joined(lines);
    }

    private static byte[] joined(List<String> lines) {
        return (String.join("\n", lines) + "\n").getBytes(UTF_8);
    }

    private static boolean verified(byte[] file) {
        AuditExport.claims(file);
        AuditExportVerification verification = AuditExportVerifier.verify(file, Optional.of(NOTARY.manifest()));
        Demanded.reasons(verification.checks());
        return verification instanceof Verified;
    }
}
