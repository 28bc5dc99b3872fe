package dev.nuxari.server.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class AgentsConfigTest {
    @Test
    void withoutSettingsThereAreNoReleases() {
        assertThat(bound(Map.of()).folder()).isEmpty();
    }

    @Test
    void everySettingHasAName() {
        assertThat(bound(Map.of("nuxari.agents.releases", "/srv/releases")).folder())
                .contains(Path.of("/srv/releases"));
    }

    @Test
    void placeThatDependsOnTheWorkingFolderIsRefused() {
        assertThatThrownBy(() -> bound(Map.of("nuxari.agents.releases", "releases")))
                .rootCause()
                .hasMessageContaining("nuxari.agents.releases");
    }

    @Test
    void misspeltNameIsRefused() {
        assertThatThrownBy(() -> bound(Map.of("nuxari.agents.release", "/srv/releases")))
                .rootCause()
                .hasMessageContaining("release");
    }

    private static AgentsConfig bound(Map<String, String> settings) {
        return new Binder(new MapConfigurationPropertySource(settings))
                .bindOrCreate(
                        "nuxari.agents",
                        Bindable.of(AgentsConfig.class),
                        new NoUnboundElementsBindHandler(BindHandler.DEFAULT));
    }
}
