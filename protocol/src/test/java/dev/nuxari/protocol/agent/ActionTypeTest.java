package dev.nuxari.protocol.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nuxari.kernel.Claim;
import dev.nuxari.kernel.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Claim("E4")
class ActionTypeTest {
    private static final String KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f";

    @ParameterizedTest
    @EnumSource
    void noParameterIsPartOfAnythingElse(ActionType action) {
        for (ValueType type : action.parameters().members().values()) {
            for (String text : new String[] {
                "",
                "-x",
                "a b; id",
                "a\nb",
                "$(id)",
                "`id`",
                "a:b,c",
                "%ops",
                "#0",
                "../etc",
                "a/../b",
                "a\u0000b",
                "--help",
                "ann ALL=(ALL) ALL",
                "+ops"
            }) {
                assertThat(type.admits(Json.of(text)))
                        .as("%s admits %s", type, text)
                        .isFalse();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/usr/bin/id,/bin/sh",
                "/usr/bin/*",
                "/usr/bin/",
                "/usr/../bin/sh",
                "/usr/bin/a b",
                "/sh",
                "sh",
                "!/bin/sh"
            })
    void programIsOneProgram(String text) {
        assertThat(new ValueType.ProgramPath().admits(Json.of(text))).isFalse();
        assertThat(new ValueType.ProgramPath().admits(Json.of("/usr/bin/systemctl")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"app.conf", "app~", "README", "a/b", ""})
    void sudoReadsTheFile(String name) {
        assertThat(new ValueType.SudoersName().admits(Json.of(name))).isEqualTo(name.equals("README"));
    }

    @Test
    void keyIsAKeyAndNothingMore() {
        ValueType type = new ValueType.SshPublicKey();

        assertThat(type.admits(Json.of(KEY))).isTrue();
        for (String text : new String[] {
            KEY + " comment",
            "command=\"x\" " + KEY,
            KEY + "\n" + KEY,
            KEY.replace("ssh-ed25519", "ssh-rsa"),
            KEY + "=",
            KEY.substring(0, KEY.length() - 1),
            "ssh-ed25519 " + "A".repeat(60),
            "ssh-ed25519 " + "/".repeat(60)
        }) {
            assertThat(type.admits(Json.of(text))).as(text).isFalse();
        }
    }

    /** What {@code ssh-keygen -lf} says of it. */
    @Test
    void fingerprintIsThatOfOpenSsh() {
        assertThat(SshKey.parse(KEY).orElseThrow().fingerprint())
                .isEqualTo("SHA256:ZkAslGjFiUHdGf/WUL8rQvkib4PTvQatUV0OUQSncCA");
        assertThat(new ValueType.SshFingerprint().admits(Json.of("SHA256:ZkAslGjFiUHdGf/WUL8rQvkib4PTvQatUV0OUQSncCA")))
                .isTrue();
    }
}
