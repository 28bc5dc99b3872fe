package dev.nuxari.agent.action;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Assumptions;

/** A tree with the files of a host with one person, ann, on which the real tools of this machine work. */
record CopiedHost(HostRoot root) {
    static final long ANN = 61_234;
    static final long OPS = 61_300;
    static final String HASH = "$6$salt$hash";

    /** Skips the test, and says so, for who may not give files away. */
    static CopiedHost at(Path folder) throws IOException {
        boolean root = "root".equals(System.getProperty("user.name"));
        Assumptions.assumeTrue(root, "SKIPPED: the tools that change accounts work for root only");
        Path etc = Files.createDirectories(folder.toRealPath().resolve("etc"));
        Files.createDirectory(etc.resolve("sudoers.d"));
        Files.writeString(etc.resolve("login.defs"), "");
        Files.writeString(etc.resolve("passwd"), """
                root:x:0:0:root:/root:/bin/bash
                daemon:x:2:2::/:/usr/sbin/nologin
                ann:x:61234:61234::/home/ann:/bin/sh
                """);
        Files.writeString(etc.resolve("shadow"), """
                root:*:19000:0:99999:7:::
                daemon:*:19000:0:99999:7:::
                ann:%s:19000:0:99999:7:::
                """.formatted(HASH));
        Files.writeString(etc.resolve("group"), "root:x:0:\nann:x:61234:\nops:x:61300:\n");
        Files.writeString(etc.resolve("gshadow"), "root:*::\nann:!::\nops:!::\n");
        Path ssh = Files.createDirectories(folder.toRealPath().resolve("home/ann/.ssh"));
        Files.setPosixFilePermissions(ssh, PosixFilePermissions.fromString("rwx------"));
        for (Path path : new Path[] {ssh, ssh.getParent()}) {
            Files.setOwner(path, Numbers.owner(ANN));
        }
        return new CopiedHost(new HostRoot(folder.toRealPath()));
    }

    Path file(String absolute) {
        return root.resolve(absolute);
    }

    String line(String absolute, String name) throws IOException {
        return Files.readAllLines(file(absolute)).stream()
                .filter(line -> line.startsWith(name + ":"))
                .findFirst()
                .orElseThrow();
    }

    /** A program of the host that does what the lines say. */
    static Path script(Path folder, String name, String lines) throws IOException {
        Path script = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + lines);
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
