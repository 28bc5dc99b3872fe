package dev.nuxari.protocol.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.transparency.Ed25519PrivateKey;
import dev.nuxari.transparency.StrictBase64;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Claim("E4")
class HostPolicyTest {
    private static HostPolicy withLimits(String limits) {
        return HostPolicy.parse("""
                {"v":1,"maximumPlanAgeDays":30,"actions":[{"type":"file-mode.set","limits":%s}]}""".formatted(limits));
    }

    private static boolean admits(HostPolicy policy, String path, int mode) {
        return policy.admits(ActionType.FILE_MODE_SET, Json.object("path", path, "mode", mode));
    }

    @Test
    void limitsAreTakenTogether() {
        HostPolicy policy = withLimits("""
                {"path":{"below":["/srv/app","/opt/x"]},"mode":{"atLeast":256,"atMost":420,"oneOf":[384,416,511]}}""");

        assertThat(admits(policy, "/srv/app/a", 416)).isTrue();
        assertThat(admits(policy, "/opt/x/a/b", 384)).isTrue();
        assertThat(admits(policy, "/srv/apple", 416)).isFalse();
        assertThat(admits(policy, "/srv/app/a", 511)).isFalse();
        assertThat(admits(policy, "/srv/app/a", 417)).isFalse();
    }

    @Test
    void packsAreTakenOfNobodyUnlessTheHostNamesThem() {
        String key = StrictBase64.encode(
                Ed25519PrivateKey.generate(new SecureRandom()).publicKey().bytes());
        String policy = "{\"v\":1,\"maximumPlanAgeDays\":30,\"actions\":[],\"posturePackKeys\":%s}";

        assertThat(withLimits("{}").posturePackKeys()).isEmpty();
        assertThat(HostPolicy.parse(policy.formatted("[\"" + key + "\"]")).posturePackKeys())
                .hasSize(1);
        for (String wrong : List.of("[\"AAAA\"]", "[\"?\"]", "[1]", "\"" + key + "\"", "null")) {
            assertThatThrownBy(() -> HostPolicy.parse(policy.formatted(wrong)))
                    .as(wrong)
                    .isInstanceOf(JsonException.class);
        }
    }

    @Test
    void emptyListAdmitsNothing() {
        assertThat(admits(withLimits("{\"path\":{\"below\":[]}}"), "/srv/app/a", 0))
                .isFalse();
        assertThat(admits(withLimits("{\"mode\":{\"oneOf\":[]}}"), "/srv/app/a", 0))
                .isFalse();
        assertThat(admits(withLimits("{}"), "/srv/app/a", 0)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"path\":{\"under\":[\"/srv\"]}}",
                "{\"folder\":{\"below\":[\"/srv\"]}}",
                "{\"path\":{\"below\":[\"srv\"]}}",
                "{\"path\":{\"below\":[\"/srv/\"]}}",
                "{\"mode\":{\"atMost\":\"511\"}}"
            })
    void limitThatIsNotUnderstoodIsRefused(String limits) {
        assertThatThrownBy(() -> withLimits(limits)).isInstanceOf(JsonException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"v\":2,\"maximumPlanAgeDays\":30,\"actions\":[]}",
                "{\"v\":1,\"maximumPlanAgeDays\":0,\"actions\":[]}",
                "{\"v\":1,\"maximumPlanAgeDays\":30,\"actions\":[],\"aprovals\":{}}",
                "{\"v\":1,\"maximumPlanAgeDays\":30,\"actions\":[{\"type\":\"disk.erase\",\"limits\":{}}]}"
            })
    void policyThatIsNotUnderstoodIsRefused(String text) {
        assertThatThrownBy(() -> HostPolicy.parse(text)).isInstanceOf(JsonException.class);
    }
}
