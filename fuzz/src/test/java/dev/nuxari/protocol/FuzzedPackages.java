package dev.nuxari.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Json.Obj;
import dev.nuxari.protocol.EvidenceVerification.Verified;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Evidence packages: any bytes, genuine ones that were changed, and ones that were changed before the real keys signed them. */
public final class FuzzedPackages {
    private static final Notary NOTARY = new Notary(RecordedWorkflow.ORGANIZATION);
    private static final RecordedWorkflow WORKFLOW = RecordedWorkflow.completed();
    private static final Obj GENUINE = Json.parseObject(new String(NOTARY.packaged(WORKFLOW), UTF_8));

    private FuzzedPackages() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        byte[] rest = Demanded.rest(input);
        switch (Demanded.choice(input, 3)) {
            case 0 -> verified(rest);
            case 1 -> {
                Obj changed = new JsonEdits(rest).applied(GENUINE);
                Demanded.that(
                        !verified(changed.canonicalBytes()) || changed.equals(GENUINE), "verified what was changed");
            }
            default -> verified(resigned(rest));
        }
    }

    /** The contents of one record are others, and everything around it is as it has to be. */
    private static byte[] resigned(byte[] script) {
        List<EvidenceRecord> records = new ArrayList<>(WORKFLOW.records());
        int place = Demanded.choice(script, records.size());
        EvidenceRecord chosen = records.get(place);
        Obj content = new JsonEdits(Demanded.rest(script)).applied(chosen.content());
        records.set(place, new EvidenceRecord(chosen.type(), chosen.id(), chosen.at(), content));
        return NOTARY.packaged(new RecordedWorkflow(WORKFLOW.header(), records));
    }

    private static boolean verified(byte[] file) {
        EvidenceVerification verification = EvidenceVerifier.verify(file, Optional.of(NOTARY.manifest()));
        Demanded.reasons(verification.checks());
        return verification instanceof Verified;
    }
}
