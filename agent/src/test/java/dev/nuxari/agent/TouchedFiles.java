package dev.nuxari.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.agent.action.Action;
import dev.nuxari.agent.action.Sight;
import dev.nuxari.kernel.Json;
import dev.nuxari.protocol.agent.ActionType;
import dev.nuxari.protocol.agent.Receipt.Failure;
import dev.nuxari.protocol.agent.Summary;
import dev.nuxari.protocol.agent.SummaryKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/** An action that leaves a line for each time it was begun, on disk before it does anything else: to be counted afterwards. */
record TouchedFiles(Path begun) implements Action {
    @Override
    public ActionType type() {
        return ActionType.FILE_MODE_SET;
    }

    @Override
    public Sight look(Json.Obj parameters) {
        boolean there = Files.exists(Path.of(parameters.string("path")));
        return new Sight.Seen(there, Summary.of(SummaryKind.FILE_MODE, "present", there));
    }

    @Override
    public Optional<Failure> perform(Json.Obj parameters) {
        Path path = Path.of(parameters.string("path"));
        try (FileChannel channel = FileChannel.open(
                begun, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            channel.write(ByteBuffer.wrap((path.getFileName() + "\n").getBytes(UTF_8)));
            channel.force(true);
            Files.createFile(path);
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean undo(Json.Obj parameters, Summary before) {
        return false;
    }

    List<String> all() throws IOException {
        return Files.exists(begun) ? Files.readAllLines(begun) : List.of();
    }
}
