package dev.datastudio.app.identity;

import dev.datastudio.app.web.Scopes;
import java.util.List;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Who is behind a request. What a request may do is decided by the route that it goes to, see {@code RouteGuard}. */
@Configuration(proxyBeanMethods = false)
public class SecurityConfiguration {
    @Bean
    SecurityFilterChain requests(
            HttpSecurity http,
            Admissions admissions,
            Origins origins,
            SessionCookies cookies,
            @Qualifier("handlerExceptionResolver") HandlerExceptionResolver errors) {
        http.securityContext(
                        context -> context.securityContextRepository(new RequestAttributeSecurityContextRepository()))
                .sessionManagement(AbstractHttpConfigurer::disable) // there are none of the server's
                .anonymous(AbstractHttpConfigurer::disable)
                .csrf(AbstractHttpConfigurer::disable) // CsrfGuard does it, with a token that needs no session
                .requestCache(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .headers(headers -> headers.defaultsDisabled()
                        .httpStrictTransportSecurity(Customizer.withDefaults())
                        .addHeaderWriter(new AnswerHeaders()))
                .exceptionHandling(
                        each -> each.authenticationEntryPoint(new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED)))
                .addFilterBefore(new AdmissionFilter(admissions, cookies), AnonymousAuthenticationFilter.class)
                .addFilterAfter(
                        new CsrfGuard(admissions.isSingleUser(), origins, cookies, errors), AdmissionFilter.class)
                .authorizeHttpRequests(requests -> requests.requestMatchers("/actuator/health", "/actuator/health/**")
                        .permitAll()
                        .requestMatchers("/actuator/**")
                        .hasAuthority(Scopes.SETTINGS_GET)
                        .anyRequest()
                        .permitAll());
        if (admissions.isSingleUser()) {
            http.addFilterBefore(new HostGuard(origins, errors), AdmissionFilter.class);
        }
        if (origins.allowed().isEmpty()) {
            http.cors(AbstractHttpConfigurer::disable);
        } else {
            http.cors(cors -> cors.configurationSource(cors(origins)));
        }
        return http.build();
    }

    /** Each request is measured as a whole; measuring each filter on its way took as long as all other filters. */
    @Bean
    SecurityObservationSettings unobservedFilters() {
        return SecurityObservationSettings.noObservations();
    }

    /**
     * Refuses what Spring's own does, and looks at the names and values of headers without a regular expression, which
     * took longer than any filter.
     */
    @Bean
    StrictHttpFirewall firewall() {
        StrictHttpFirewall firewall = new StrictHttpFirewall();
        firewall.setAllowedHeaderNames(name -> isPlain(name, false));
        firewall.setAllowedHeaderValues(value -> isPlain(value, true));
        return firewall;
    }

    static boolean isPlain(String text, boolean mayHaveTabs) {
        for (int i = 0, letter; i < text.length(); i += Character.charCount(letter)) {
            letter = text.codePointAt(i);
            boolean isAllowedTab = mayHaveTabs && letter == '\t';
            if (!isAllowedTab && (Character.isISOControl(letter) || !Character.isDefined(letter))) {
                return false;
            }
        }
        return true;
    }

    private static CorsConfigurationSource cors(Origins origins) {
        CorsConfiguration allowed = new CorsConfiguration();
        allowed.setAllowedOrigins(origins.allowed());
        allowed.setAllowCredentials(true);
        allowed.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
        allowed.setAllowedHeaders(List.of("*"));
        allowed.setExposedHeaders(List.of("ETag", "Location", "Retry-After", "Idempotency-Replayed"));
        UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
        source.registerCorsConfiguration("/**", allowed);
        return source;
    }

    /** Nobody signs in through Spring's own user details; without this bean Boot would make a user with a password. */
    @Bean
    UserDetailsService noOtherUsers() {
        return name -> {
            throw new UsernameNotFoundException(name);
        };
    }
}
