package dev.nuxari.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Json.Obj;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.transparency.Verification.Verified;

/** Key manifests, and the Sigstore bundle made of an event that somebody changed. */
public final class FuzzedManifests {
    private static final Notary NOTARY = new Notary(RecordedWorkflow.ORGANIZATION);
    private static final Obj GENUINE = NOTARY.manifest().json();
    private static final ExportedLog LOG = new ExportedLog(NOTARY, 11);
    private static final Obj SIGNED =
            HashedRekord.sign(new byte[] {1}, NOTARY.export()).within(LOG.event(6));

    private FuzzedManifests() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] input) {
        byte[] rest = Demanded.rest(input);
        try {
            switch (Demanded.choice(input, 3)) {
                case 0 -> manifest(Json.parseObject(new String(rest, UTF_8)));
                case 1 -> {
                    Obj changed = new JsonEdits(rest).applied(GENUINE);
                    Demanded.that(!manifest(changed) || changed.equals(GENUINE), "verified a changed manifest");
                }
                default -> bundle(new JsonEdits(rest).applied(SIGNED));
            }
        } catch (JsonException refused) {
            Demanded.that(!refused.reason().isBlank(), "refused without a reason");
        }
    }

    private static boolean manifest(Obj json) {
        KeyManifest manifest = KeyManifest.parse(json);
        Demanded.that(manifest.json().equals(json), "a manifest is written otherwise");
        Demanded.that(KeyManifest.parse(manifest.json()).fingerprint().equals(manifest.fingerprint()), "other keys");
        return manifest.verify() instanceof Verified;
    }

    private static void bundle(Obj event) {
        byte[] bundle = SigstoreBundle.of(NOTARY.manifest(), event, LOG.proof(6), LOG.checkpoint(NOTARY.origin()));
        Obj read = Json.parseObject(new String(bundle, UTF_8));
        Demanded.that(read.string("mediaType").equals(SigstoreBundle.MEDIA_TYPE), "not a bundle");
    }
}
