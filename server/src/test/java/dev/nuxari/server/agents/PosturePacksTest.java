package dev.nuxari.server.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.DsseEnvelope;
import dev.nuxari.server.testing.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

@Claim("E5")
class PosturePacksTest {
    private static final String TYPE = "application/vnd.nuxari.posture-pack+json";

    @TempDir
    private Path folder;

    private final ManualClock clock = new ManualClock();

    private PosturePacks packs() {
        return new PosturePacks(new PosturePacksConfig(folder), clock);
    }

    private Json.Obj put(String file, String type, Json.Obj pack) throws IOException {
        Json.Obj envelope =
                DsseEnvelope.sign(type, pack, "maker", _ -> new byte[] {1}).json();
        Files.writeString(folder.resolve(file), envelope.canonical());
        return envelope;
    }

    @Test
    void newestPackOfItsNameIsOfferedToWhoHasAnOlderOne() throws IOException {
        put("1.json", TYPE, Json.object("name", "linux-posture", "version", 3));
        Json.Obj newest = put("2.json", TYPE, Json.object("name", "linux-posture", "version", 12));
        put("3.json", TYPE, Json.object("name", "other", "version", 40));
        PosturePacks packs = packs();

        assertThat(packs.newer("linux-posture", 1)).contains(newest);
        assertThat(packs.newer("linux-posture", 11)).contains(newest);
        assertThat(packs.newer("linux-posture", 12)).isEmpty();
        assertThat(packs.newer("mac-posture", 0)).isEmpty();
    }

    @Test
    void filesThatAreNoPacksAreLeftOut() throws IOException {
        put("other.json", "application/vnd.nuxari.action-package+json", Json.object("name", "p", "version", 4));
        put("unnamed.json", TYPE, Json.object("version", 4));
        put("pack.txt", TYPE, Json.object("name", "p", "version", 4));
        Files.writeString(folder.resolve("text.json"), "no pack");
        Files.writeString(folder.resolve("large.json"), " ".repeat(1024 * 1024 + 1));
        Json.Obj good = put("pack.json", TYPE, Json.object("name", "p", "version", 2));

        assertThat(packs().newer("p", 0)).contains(good);
    }

    @Test
    void folderIsLookedAtOnceAMinute() throws IOException {
        PosturePacks packs = packs();
        assertThat(packs.newer("p", 0)).isEmpty();
        Json.Obj pack = put("pack.json", TYPE, Json.object("name", "p", "version", 2));

        assertThat(packs.newer("p", 0)).isEmpty();
        clock.advance(Duration.ofMinutes(1));
        assertThat(packs.newer("p", 0)).contains(pack);
    }

    @Test
    void withoutAFolderNothingIsOffered() {
        assertThat(new PosturePacks(bound(Map.of()), clock).newer("p", 0)).isEmpty();
        assertThat(new PosturePacks(new PosturePacksConfig(folder.resolve("none")), clock).newer("p", 0))
                .isEmpty();
    }

    @Test
    void settingHasANameAndAMisspeltOneIsRefused() {
        assertThat(bound(Map.of("nuxari.posture-packs.folder", "/srv/packs")).folder())
                .isEqualTo(Path.of("/srv/packs"));
        assertThatThrownBy(() -> bound(Map.of("nuxari.posture-packs.folders", "/srv/packs")))
                .rootCause()
                .hasMessageContaining("folders");
    }

    private static PosturePacksConfig bound(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate(
                        "nuxari.posture-packs",
                        Bindable.of(PosturePacksConfig.class),
                        new NoUnboundElementsBindHandler(BindHandler.DEFAULT));
    }
}
