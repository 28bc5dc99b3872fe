package dev.nuxari.server.api;

import dev.nuxari.kernel.Json;
import dev.nuxari.kernel.OrganizationId;
import dev.nuxari.kernel.PlanHash;
import dev.nuxari.kernel.Spelling;
import dev.nuxari.server.tenancy.Caller;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.media.UUIDSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.servers.Server;
import java.lang.reflect.Type;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.method.HandlerMethod;
import tools.jackson.databind.JavaType;

/** The OpenAPI document: made from the code, with the conventions that the code leaves to {@link Arguments}. */
@Configuration(proxyBeanMethods = false)
class ApiDescription {
    static {
        SpringDocUtils.getConfig()
                .addRequestWrapperToIgnore(Caller.class, PageRequest.class, Version.class)
                .addHiddenRestControllers(ErrorAddress.class);
    }

    @Bean
    OpenAPI openApi() {
        return new OpenAPI()
                .info(new Info()
                        .title("Nuxari")
                        .version("v1")
                        .description("Access requests, approvals, workflows and their evidence."
                                + " Every failure is a problem (RFC 9457)."))
                .servers(List.of(new Server().url("/")));
    }

    @Bean
    OperationCustomizer conventions() {
        return ApiDescription::describe;
    }

    @Bean
    ModelConverter wireForms() {
        return new WireForms();
    }

    private static Operation describe(Operation operation, HandlerMethod handler) {
        for (MethodParameter parameter : handler.getMethodParameters()) {
            if (parameter.getParameterType().equals(PageRequest.class)) {
                operation.addParametersItem(query("limit", new IntegerSchema()));
                operation.addParametersItem(query("cursor", new StringSchema()));
            }
            if (parameter.getParameterType().equals(Version.class)) {
                operation.addParametersItem(new Parameter()
                        .in("header")
                        .name("If-Match")
                        .required(true)
                        .schema(new StringSchema()));
            }
            if (parameter.getParameterType().equals(OrganizationId.class)
                    && !parameter.hasParameterAnnotation(PathVariable.class)) {
                organization(operation);
            }
        }
        operation.getResponses().setDefault(problem());
        return operation;
    }

    /** Taken from the path by {@link Arguments}, which the library does not know. */
    private static void organization(Operation operation) {
        Optional.ofNullable(operation.getParameters())
                .ifPresent(known -> known.removeIf(parameter ->
                        "organization".equals(parameter.getName()) || "organizationId".equals(parameter.getName())));
        operation.addParametersItem(
                new Parameter().in("path").name("organizationId").required(true).schema(new UUIDSchema()));
    }

    private static Parameter query(String name, Schema<?> schema) {
        return new Parameter().in("query").name(name).required(false).schema(schema);
    }

    private static ApiResponse problem() {
        Schema<?> schema = new ObjectSchema()
                .addProperty("type", new StringSchema())
                .addProperty("title", new StringSchema())
                .addProperty("status", new IntegerSchema())
                .addProperty("detail", new StringSchema())
                .addProperty("traceId", new StringSchema());
        return new ApiResponse()
                .description("A problem (RFC 9457); its type says which.")
                .content(new Content().addMediaType("application/problem+json", new MediaType().schema(schema)));
    }

    /** Identifiers are UUIDs, constants as they are spelled, and JSON of ours is any object. */
    private static final class WireForms implements ModelConverter {
        @Override
        public @Nullable Schema<?> resolve(
                AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
            Class<?> raw = raw(type.getType());
            if (raw != null && Identifiers.of(raw).isPresent()) {
                return new UUIDSchema();
            }
            if (PlanHash.class.equals(raw)) {
                return new StringSchema();
            }
            if (raw != null && Json.class.isAssignableFrom(raw)) {
                return new ObjectSchema();
            }
            if (raw != null && raw.isEnum() && raw.getName().startsWith("dev.nuxari.")) {
                return constants(raw);
            }
            return chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
        }

        private static Schema<?> constants(Class<?> type) {
            var schema = new StringSchema();
            Stream.of(type.getEnumConstants())
                    .map(constant -> Spelling.of((Enum<?>) constant))
                    .forEach(schema::addEnumItem);
            return schema;
        }

        private static @Nullable Class<?> raw(Type type) {
            return switch (type) {
                case Class<?> plain -> plain;
                case JavaType jackson -> jackson.getRawClass();
                case com.fasterxml.jackson.databind.JavaType jackson -> jackson.getRawClass();
                default -> null;
            };
        }
    }
}
