package dev.nuxari.server.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.Permission;
import dev.nuxari.kernel.PlanHash;
import dev.nuxari.kernel.Spelling;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.media.UUIDSchema;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;

/**
 * What {@link WireFormat} writes, as schemas. Identifiers are UUIDs, constants are as they are spelled, and JSON of ours is
 * any object. What is absent is not written, so a component that may be null is a member that is not required.
 */
final class WireForms implements ModelConverter {
    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        Class<?> raw = raw(type.getType());
        Optional<Schema<?>> ours = Optional.ofNullable(raw).flatMap(WireForms::form);
        if (ours.isPresent()) {
            return ours.get();
        }
        Schema<?> schema = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
        if (schema != null && raw != null && isOurs(raw) && raw.isRecord()) {
            describe(raw, model(schema, context));
        }
        return schema;
    }

    private static Optional<Schema<?>> form(Class<?> raw) {
        if (Identifiers.of(raw).isPresent()) {
            return Optional.of(new UUIDSchema());
        }
        if (PlanHash.class.equals(raw)) {
            return Optional.of(new StringSchema());
        }
        if (Json.class.isAssignableFrom(raw)) {
            return Optional.of(new ObjectSchema().additionalProperties(true));
        }
        if (Permission.class.equals(raw)) {
            return Optional.of(constants(Permission.values(), Permission::spelled));
        }
        return raw.isEnum() && isOurs(raw)
                ? Optional.of(constants(raw.getEnumConstants(), constant -> Spelling.of((Enum<?>) constant)))
                : Optional.empty();
    }

    private static <T> Schema<?> constants(T[] constants, Function<T, String> spelled) {
        var schema = new StringSchema();
        Stream.of(constants).map(spelled).forEach(schema::addEnumItem);
        return schema;
    }

    /** The schema itself, where the chain has only answered with its name. */
    private static Schema<?> model(Schema<?> schema, ModelConverterContext context) {
        String reference = schema.get$ref();
        return reference == null
                ? schema
                : Objects.requireNonNull(context.getDefinedModels()
                        .get(reference.substring(Components.COMPONENTS_SCHEMAS_REF.length())));
    }

    private static void describe(Class<?> raw, Schema<?> model) {
        // The library gives no type to a record without components.
        model.addType("object");
        model.setRequired(required(raw).toList());
    }

    private static Stream<String> required(Class<?> raw) {
        return Arrays.stream(raw.getRecordComponents()).flatMap(component -> {
            if (component.getAccessor().isAnnotationPresent(JsonUnwrapped.class)) {
                return required(component.getType());
            }
            return isAlwaysThere(component) ? Stream.of(name(component)) : Stream.empty();
        });
    }

    private static boolean isAlwaysThere(RecordComponent component) {
        return component.getType() != Optional.class
                && !component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static String name(RecordComponent component) {
        JsonProperty renamed = component.getAccessor().getAnnotation(JsonProperty.class);
        return renamed == null ? component.getName() : renamed.value();
    }

    private static boolean isOurs(Class<?> raw) {
        return raw.getName().startsWith("dev.nuxari.");
    }

    private static @Nullable Class<?> raw(Type type) {
        return switch (type) {
            case Class<?> plain -> plain;
            case ParameterizedType generic -> raw(generic.getRawType());
            case JavaType jackson -> jackson.getRawClass();
            case com.fasterxml.jackson.databind.JavaType jackson -> jackson.getRawClass();
            default -> null;
        };
    }
}
