package dev.nuxari.agent.action;

import dev.nuxari.protocol.agent.Receipt.Failure;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** Reads the host and says what kept it from doing so. A number that is none is the host's fault, too. */
interface Looking {
    /** Empty where what is asked about is not there. */
    Optional<Sight> look() throws IOException;

    static Sight at(Looking looking) {
        try {
            return looking.look().orElse(new Sight.Unseen(Failure.NOT_FOUND));
        } catch (IOException | NumberFormatException e) {
            return new Sight.Unseen(failure(e));
        }
    }

    /** What it is to whoever reads the receipt. */
    static Failure failure(Exception e) {
        return switch (e) {
            case NoSuchFileException _ -> Failure.NOT_FOUND;
            case Patience.TookTooLong _ -> Failure.TIMED_OUT;
            default -> Failure.REFUSED_BY_HOST;
        };
    }
}
