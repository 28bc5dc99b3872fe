package dev.nuxari.server.evidence;

import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;

/** A short text as a QR code (ISO/IEC 18004), as a grid of dark and light squares without the quiet zone around it. */
final class QrCode {
    private final ByteMatrix squares;

    private QrCode(ByteMatrix squares) {
        this.squares = squares;
    }

    /** Readable with a quarter of it damaged: paper is folded and stamped on. */
    static QrCode of(String text) {
        try {
            return new QrCode(Encoder.encode(text, ErrorCorrectionLevel.Q).getMatrix());
        } catch (WriterException e) {
            throw new IllegalArgumentException("no QR code holds %d characters".formatted(text.length()), e);
        }
    }

    /** How many squares a side has. */
    int side() {
        return squares.getWidth();
    }

    /** Whether a square is dark; rows count from the top. */
    boolean isDark(int column, int row) {
        return squares.get(column, row) == 1;
    }
}
