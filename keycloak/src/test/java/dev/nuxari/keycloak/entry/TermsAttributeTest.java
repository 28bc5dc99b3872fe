package dev.nuxari.keycloak.entry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not understood is not taken for consent. */
class TermsAttributeTest {
    private static final String WHOLE = """
            {"version":7,"loginMethods":["password","saml"],"ipAllowlist":["192.0.2.0/24","2001:db8::/32"],\
            "mfaRequired":"everybody","sessionMaxAge":28800}""";

    @Test
    void readsWhatTheServerTold() {
        assertThat(read(WHOLE))
                .isEqualTo(new EntryTerms.Known(
                        Set.of(LoginMethod.PASSWORD, LoginMethod.SAML),
                        List.of(Network.parse("192.0.2.0/24"), Network.parse("2001:db8::/32")),
                        true,
                        Duration.ofHours(8)));
    }

    @Test
    void nothingToldIsNoTerms() {
        assertThat(TermsAttribute.read(null)).isInstanceOf(EntryTerms.None.class);
        assertThat(TermsAttribute.read(List.of())).isInstanceOf(EntryTerms.None.class);
    }

    @Test
    void partsComeInAnyOrder() {
        List<String> parts = parts(WHOLE, 10);
        assertThat(parts).hasSizeGreaterThan(9);
        List<String> mixed = new ArrayList<>(parts.reversed());
        Collections.rotate(mixed, 3);

        assertThat(TermsAttribute.read(mixed)).isEqualTo(read(WHOLE));
    }

    @Test
    void partsThatDoNotBelongTogetherAreNotRead() {
        List<String> parts = parts(WHOLE, 60);
        unreadable(parts.subList(0, parts.size() - 1));
        unreadable(parts.subList(1, parts.size()));
        unreadable(List.of("1/2:" + WHOLE, "1/2:"));
        unreadable(List.of("1/3:" + WHOLE, "2/3:"));
        unreadable(List.of("1/2:" + WHOLE, "2/3:"));
        unreadable(List.of("1/2:" + WHOLE, "2/2:", "3/2:"));
        unreadable(List.of("1/2:" + WHOLE, "3/2:"));
        unreadable(List.of("1/1:" + WHOLE, "1/1:" + WHOLE));
        unreadable(List.of(WHOLE));
        unreadable(List.of("0/1:" + WHOLE));
        unreadable(List.of("01/1:" + WHOLE));
        unreadable(List.of(""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{'version':7,'loginMethods':['password'],'ipAllowlist':[],'mfaRequired':'nobody'}",
                "{'version':7,'loginMethods':['password'],'ipAllowlist':[],'mfaRequired':'nobody','sessionMaxAge':900,'x':1}",
                "{'version':7,'version':7,'loginMethods':['password'],'ipAllowlist':[],'mfaRequired':'nobody','sessionMaxAge':900}",
                "{'version':0,'loginMethods':['password'],'ipAllowlist':[],'mfaRequired':'nobody','sessionMaxAge':900}",
                "{'version':'7','loginMethods':['password'],'ipAllowlist':[],'mfaRequired':'nobody','sessionMaxAge':900}",
                "{'version':7,'loginMethods':[],'ipAllowlist':[],'mfaRequired':'nobody','sessionMaxAge':900}",
                "{'version':7,'loginMethods':['PASSWORD'],'ipAllowlist':[],'mfaRequired':'nobody','sessionMaxAge':900}",
                "{'version':7,'loginMethods':['kerberos'],'ipAllowlist':[],'mfaRequired':'nobody','sessionMaxAge':900}",
                "{'version':7,'loginMethods':'password','ipAllowlist':[],'mfaRequired':'nobody','sessionMaxAge':900}",
                "{'version':7,'loginMethods':[1],'ipAllowlist':[],'mfaRequired':'nobody','sessionMaxAge':900}",
                "{'version':7,'loginMethods':['password'],'ipAllowlist':null,'mfaRequired':'nobody','sessionMaxAge':900}",
                "{'version':7,'loginMethods':['password'],'ipAllowlist':['192.0.2.1/24'],'mfaRequired':'nobody','sessionMaxAge':900}",
                "{'version':7,'loginMethods':['password'],'ipAllowlist':[],'mfaRequired':'privileged','sessionMaxAge':900}",
                "{'version':7,'loginMethods':['password'],'ipAllowlist':[],'mfaRequired':true,'sessionMaxAge':900}",
                "{'version':7,'loginMethods':['password'],'ipAllowlist':[],'mfaRequired':null,'sessionMaxAge':900}",
                "{'version':7,'loginMethods':['password'],'ipAllowlist':[],'mfaRequired':'nobody','sessionMaxAge':899}",
                "{'version':7,'loginMethods':['password'],'ipAllowlist':[],'mfaRequired':'nobody','sessionMaxAge':2592001}",
                "{'version':7,'loginMethods':['password'],'ipAllowlist':[],'mfaRequired':'nobody','sessionMaxAge':900.5}",
                "{'version':7,'loginMethods':['password'],'ipAllowlist':[],'mfaRequired':'nobody','sessionMaxAge':1e99}",
                "{'version':7,'loginMethods':['password'],'ipAllowlist':[],'mfaRequired':'nobody','sessionMaxAge':900} x",
                "{'version':7,'loginMethods':['password'],'ipAllowlist':[],'mfaRequired':'nobody','sessionMaxAge':900",
            })
    void nothingElseIsRead(String text) {
        unreadable(List.of("1/1:" + text.replace('\'', '"')));
    }

    @Test
    void aThousandNetworksAreReadAndNotOneMore() {
        assertThat(read(withNetworks(1000))).isInstanceOf(EntryTerms.Known.class);
        assertThat(read(withNetworks(1001))).isInstanceOf(EntryTerms.Unreadable.class);
    }

    private static String withNetworks(int count) {
        String networks = IntStream.range(0, count)
                .mapToObj(i -> "\"10.%d.%d.0/24\"".formatted(i / 256, i % 256))
                .toList()
                .toString();
        return WHOLE.replaceFirst("\"ipAllowlist\":\\[[^]]*]", "\"ipAllowlist\":" + networks);
    }

    private static EntryTerms read(String text) {
        return TermsAttribute.read(parts(text, 240));
    }

    private static List<String> parts(String text, int length) {
        int count = (text.length() + length - 1) / length;
        return IntStream.range(0, count)
                .mapToObj(i -> "%d/%d:%s"
                        .formatted(i + 1, count, text.substring(i * length, Math.min(text.length(), (i + 1) * length))))
                .toList();
    }

    private static void unreadable(List<String> values) {
        assertThat(TermsAttribute.read(values)).as("%s", values).isInstanceOf(EntryTerms.Unreadable.class);
    }
}
