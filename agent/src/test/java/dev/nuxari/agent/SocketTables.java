package dev.nuxari.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the kernel says of the sockets that a process sees and has. */
record SocketTables(Path process) {
    private static final List<String> INTERNET = List.of("tcp", "tcp6", "udp", "udp6", "raw", "raw6", "icmp", "icmp6");
    private static final String ESTABLISHED = "01";
    private static final String LISTENING_LOCAL = "00010000";
    private static final Pattern SPACE = Pattern.compile("\\s+");

    static SocketTables of(Process process) {
        return new SocketTables(Path.of("/proc", Long.toString(process.pid())));
    }

    /** A row of a table, and the inode by which a process has the socket. */
    record Row(String table, List<String> columns, String inode) {}

    /** Every socket on which something could come in that was not asked for, loopback and local ones included. */
    List<Row> open() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String table : INTERNET) {
            for (List<String> columns : columns(table)) {
                boolean asked = table.startsWith("tcp") && !columns.get(3).equals("0A") && isTcpOpenedByUs(columns);
                if (!asked) {
                    rows.add(new Row(table, columns, columns.get(9)));
                }
            }
        }
        for (List<String> columns : columns("unix")) {
            if (columns.get(3).equals(LISTENING_LOCAL)) {
                rows.add(new Row("unix", columns, columns.get(6)));
            }
        }
        return rows;
    }

    /** Anything that has a far end; what only waits for one has the address zero there. */
    private static boolean isTcpOpenedByUs(List<String> columns) {
        return columns.get(3).equals(ESTABLISHED) || !columns.get(2).endsWith(":0000");
    }

    /** Of these the ones that the process itself has. */
    List<Row> openAndOwn() throws IOException {
        Set<String> own = new HashSet<>();
        try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
            for (Path descriptor : descriptors.toList()) {
                if (Files.isSymbolicLink(descriptor)) {
                    own.add(Files.readSymbolicLink(descriptor).toString());
                }
            }
        }
        return open().stream()
                .filter(row -> own.contains("socket:[" + row.inode() + "]"))
                .toList();
    }

    private List<List<String>> columns(String table) throws IOException {
        Path file = process.resolve("net").resolve(table);
        if (!Files.exists(file)) {
            return List.of();
        }
        return new String(Files.readAllBytes(file), UTF_8)
                .lines()
                .skip(1)
                .map(line -> List.of(SPACE.split(line.strip(), -1)))
                .toList();
    }
}
