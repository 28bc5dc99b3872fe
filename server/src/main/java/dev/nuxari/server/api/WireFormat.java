package dev.nuxari.server.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.JsonException;
import dev.nuxari.kernel.Permission;
import dev.nuxari.kernel.PlanHash;
import dev.nuxari.kernel.Spelling;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.ValueSerializerModifier;
import tools.jackson.databind.type.LogicalType;

/**
 * How our values look in JSON: constants as {@link Spelling} has them, instants in UTC to the millisecond (RFC 3339),
 * identifiers as text, {@link Json} as it is.
 */
@Component
class WireFormat implements JsonMapperBuilderCustomizer {
    private static final DateTimeFormatter MILLISECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    @Override
    public void customize(JsonMapper.Builder builder) {
        builder.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION);
        builder.disable(MapperFeature.ALLOW_COERCION_OF_SCALARS);
        builder.disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT);
        // As it was written, so that Json sees a number that no double holds; else that would be the text "Infinity".
        builder.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
        builder.withCoercionConfig(
                LogicalType.Textual,
                text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail));
        builder.addModule(module());
    }

    private static SimpleModule module() {
        var module = new SimpleModule("nuxari");
        module.addSerializer(Instant.class, text(MILLISECONDS::format));
        module.addSerializer(PlanHash.class, text(PlanHash::toString));
        module.addSerializer(Permission.class, text(Permission::spelled));
        module.addSerializer(Json.class, new RawJson());
        module.addDeserializer(PlanHash.class, new ReadText<>(PlanHash.class, PlanHash::new));
        module.addDeserializer(Json.class, new ReadJson<>(Json.class));
        module.addDeserializer(Json.Obj.class, new ReadJson<>(Json.Obj.class));
        module.setSerializerModifier(new Written());
        module.setDeserializerModifier(new Read());
        return module;
    }

    private static <T> ValueSerializer<T> text(Function<T, String> text) {
        return new ValueSerializer<>() {
            @Override
            public void serialize(T value, JsonGenerator generator, SerializationContext context) {
                generator.writeString(text.apply(value));
            }
        };
    }

    private static boolean isOurs(Class<?> type) {
        return type.getName().startsWith("dev.nuxari.");
    }

    private static final class Written extends ValueSerializerModifier {
        private static final long serialVersionUID = 1L;

        @Override
        public ValueSerializer<?> modifySerializer(
                SerializationConfig config, BeanDescription.Supplier bean, ValueSerializer<?> serializer) {
            return Identifiers.of(bean.getBeanClass()).isPresent() ? text(Object::toString) : serializer;
        }

        @Override
        public ValueSerializer<?> modifyEnumSerializer(
                SerializationConfig config,
                JavaType type,
                BeanDescription.Supplier bean,
                ValueSerializer<?> serializer) {
            return isOurs(type.getRawClass()) ? text((Enum<?> constant) -> Spelling.of(constant)) : serializer;
        }
    }

    private static final class Read extends ValueDeserializerModifier {
        private static final long serialVersionUID = 1L;

        @Override
        public ValueDeserializer<?> modifyDeserializer(
                DeserializationConfig config, BeanDescription.Supplier bean, ValueDeserializer<?> deserializer) {
            if (bean.getBeanClass() == String.class) {
                return new PlainText(deserializer);
            }
            return Identifiers.of(bean.getBeanClass())
                    .<ValueDeserializer<?>>map(identifier -> new ReadText<>(bean.getBeanClass(), identifier::parse))
                    .orElse(deserializer);
        }

        @Override
        @SuppressWarnings({"unchecked", "rawtypes"})
        public ValueDeserializer<?> modifyEnumDeserializer(
                DeserializationConfig config,
                JavaType type,
                BeanDescription.Supplier bean,
                ValueDeserializer<?> deserializer) {
            Class raw = type.getRawClass();
            return isOurs(raw) ? new ReadText<Object>(raw, text -> Spelling.parse(raw, text)) : deserializer;
        }
    }

    /** A text as the database can keep it. */
    private static final class PlainText extends ValueDeserializer<String> {
        private final ValueDeserializer<?> reader;

        private PlainText(ValueDeserializer<?> reader) {
            this.reader = reader;
        }

        @Override
        public @Nullable String deserialize(JsonParser parser, DeserializationContext context) {
            if (!(reader.deserialize(parser, context) instanceof String text)) {
                return null;
            }
            return isPlain(text)
                    ? text
                    : (String) context.handleWeirdStringValue(String.class, "", "holds a character that no text has");
        }

        @Override
        public @Nullable Object getNullValue(DeserializationContext context) {
            return reader.getNullValue(context);
        }

        /** No half of a surrogate pair, which UTF-8 has no bytes for, and no U+0000, which PostgreSQL does not store. */
        private static boolean isPlain(String text) {
            return text.indexOf('\0') < 0 && UTF_8.newEncoder().canEncode(text);
        }

        private static boolean isPlain(Json value) {
            return switch (value) {
                case Json.Str(String text) -> isPlain(text);
                case Json.Arr(List<Json> items) -> items.stream().allMatch(PlainText::isPlain);
                case Json.Obj(Map<String, Json> members) ->
                    members.keySet().stream().allMatch(PlainText::isPlain)
                            && members.values().stream().allMatch(PlainText::isPlain);
                default -> true;
            };
        }
    }

    /** A value that is one text; what is no such text is the caller's mistake. */
    private static final class ReadText<T> extends ValueDeserializer<T> {
        private final Class<?> type;
        private final Function<String, T> parse;

        private ReadText(Class<?> type, Function<String, T> parse) {
            this.type = type;
            this.parse = parse;
        }

        @Override
        @SuppressWarnings("unchecked")
        public T deserialize(JsonParser parser, DeserializationContext context) {
            String text = parser.getValueAsString();
            if (text == null || !parser.currentToken().isScalarValue()) {
                return (T) context.handleUnexpectedToken(context.constructType(type), parser);
            }
            try {
                return parse.apply(text);
            } catch (IllegalArgumentException _) {
                return (T) context.handleWeirdStringValue(type, text, "not one of its values");
            }
        }
    }

    private static final class RawJson extends ValueSerializer<Json> {
        @Override
        public void serialize(Json value, JsonGenerator generator, SerializationContext context) {
            generator.writeRawValue(value.canonical());
        }
    }

    private static final class ReadJson<T extends Json> extends ValueDeserializer<T> {
        private final Class<T> type;

        private ReadJson(Class<T> type) {
            this.type = type;
        }

        @Override
        public T deserialize(JsonParser parser, DeserializationContext context) {
            String text = parser.readValueAsTree().toString();
            try {
                Json read = Json.parse(text);
                if (!PlainText.isPlain(read)) {
                    throw new JsonException("", "holds a character that no text has");
                }
                return type.cast(read);
            } catch (JsonException | ClassCastException e) {
                throw context.instantiationException(type, e);
            }
        }
    }
}
