package dev.nuxari.server.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.MalformedInputException;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.servlet.mvc.method.annotation.RequestBodyAdviceAdapter;

/**
 * Lets through bodies in UTF-8 only (RFC 8259, section 8.1). The JSON reader guesses other encodings by their first bytes, and
 * takes some forms for UTF-8 that are none, so that two readers of the same bytes could see two texts.
 */
@RestControllerAdvice
class Utf8Bodies extends RequestBodyAdviceAdapter {
    @Override
    public boolean supports(
            MethodParameter parameter, Type target, Class<? extends HttpMessageConverter<?>> converter) {
        return true;
    }

    @Override
    public HttpInputMessage beforeBodyRead(
            HttpInputMessage message,
            MethodParameter parameter,
            Type target,
            Class<? extends HttpMessageConverter<?>> converter)
            throws IOException {
        byte[] body = message.getBody().readAllBytes();
        mustBeUtf8(body);
        return new Checked(message.getHeaders(), new ByteArrayInputStream(body));
    }

    /** A byte 0 is no part of any JSON; it is every other byte of plain text in UTF-16. */
    private static void mustBeUtf8(byte[] body) throws CharacterCodingException {
        UTF_8.newDecoder().decode(ByteBuffer.wrap(body));
        for (byte one : body) {
            if (one == 0) {
                throw new MalformedInputException(1);
            }
        }
    }

    private record Checked(HttpHeaders headers, InputStream body) implements HttpInputMessage {
        @Override
        public InputStream getBody() {
            return body;
        }

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }
    }
}
