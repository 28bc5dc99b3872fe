package dev.nuxari.server.identity;

import dev.nuxari.server.api.Turns;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.client.OAuth2LoginConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestRedirectFilter;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;
import org.springframework.security.oauth2.client.web.OAuth2LoginAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.NullSecurityContextRepository;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.web.servlet.HandlerExceptionResolver;

/**
 * The security chain: response headers, the sign-in of browsers, and the name of the caller. What the caller may is decided
 * behind it, by the table of routes.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfig {
    @Bean
    SecurityFilterChain securityChain(
            HttpSecurity http, OidcConfig oidc, PublicAddress address, LoginSteps login, AuthenticationFilter filter)
            throws Exception {
        return http.headers(headers -> headers(headers, oidc, address))
                // Requests of browsers carry a token of their own, bound to the session; see AuthenticationFilter.
                .csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .securityContext(context -> context.securityContextRepository(new NullSecurityContextRepository()))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .anonymous(AbstractHttpConfigurer::disable)
                .oauth2Login(oauth2 -> login(oauth2, login))
                .addFilterAfter(filter, OAuth2LoginAuthenticationFilter.class)
                .build();
    }

    /** A bean of the chain only: the container is not to run it a second time. */
    @Bean
    org.springframework.boot.web.servlet.FilterRegistrationBean<AuthenticationFilter>
            authenticationFilterStaysInTheChain(AuthenticationFilter filter) {
        var registration = new org.springframework.boot.web.servlet.FilterRegistrationBean<>(filter);
        registration.setEnabled(false);
        return registration;
    }

    // What a chain is made of comes together here.
    @SuppressWarnings("checkstyle:ParameterNumber")
    @Bean
    AuthenticationFilter authenticationFilter(
            Tokens tokens,
            Sessions sessions,
            Cookies cookies,
            Entries entries,
            EntryWitness witness,
            Turns turns,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
        return new AuthenticationFilter(tokens, sessions, cookies, entries, witness, turns, problems);
    }

    private static void login(OAuth2LoginConfigurer<HttpSecurity> oauth2, LoginSteps login) {
        oauth2.loginPage(LoginStart.PATH)
                .clientRegistrationRepository(login.broker())
                .authorizedClientRepository(new NothingKept())
                .authorizationEndpoint(endpoint -> endpoint.authorizationRequestResolver(login.start())
                        .authorizationRequestRepository(login.handshake()))
                .userInfoEndpoint(endpoint -> endpoint.oidcUserService(login::user))
                .successHandler(login.end())
                .failureHandler(login.end())
                .withObjectPostProcessor(new ObjectPostProcessor<OAuth2AuthorizationRequestRedirectFilter>() {
                    @Override
                    public <F extends OAuth2AuthorizationRequestRedirectFilter> F postProcess(F filter) {
                        filter.setAuthenticationFailureHandler(login.end()::brokerIsDown);
                        return filter;
                    }
                });
    }

    private static void headers(HeadersConfigurer<HttpSecurity> headers, OidcConfig oidc, PublicAddress address) {
        headers.contentSecurityPolicy(policy -> policy.policyDirectives("default-src 'self'; script-src 'self'; "
                        + "style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; "
                        + "base-uri 'none'; form-action 'self' " + oidc.origin() + "; object-src 'none'"))
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
                .permissionsPolicyHeader(permissions -> permissions.policy(
                        "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"))
                .crossOriginOpenerPolicy(opener -> opener.policy(
                        org.springframework.security.web.header.writers.CrossOriginOpenerPolicyHeaderWriter
                                .CrossOriginOpenerPolicy.SAME_ORIGIN));
        if (!address.isSecure()) {
            headers.httpStrictTransportSecurity(HeadersConfigurer.HstsConfig::disable);
        }
    }

    /** The tokens of a sign-in are read once and forgotten. */
    private static final class NothingKept implements OAuth2AuthorizedClientRepository {
        @Override
        @SuppressWarnings("TypeParameterUnusedInFormals") // The framework's signature.
        public <T extends OAuth2AuthorizedClient> @Nullable T loadAuthorizedClient(
                String registration, Authentication principal, HttpServletRequest request) {
            return null;
        }

        @Override
        public void saveAuthorizedClient(
                OAuth2AuthorizedClient client,
                Authentication principal,
                HttpServletRequest request,
                HttpServletResponse response) {}

        @Override
        public void removeAuthorizedClient(
                String registration,
                Authentication principal,
                HttpServletRequest request,
                HttpServletResponse response) {}
    }
}
