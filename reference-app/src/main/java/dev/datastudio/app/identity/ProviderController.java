package dev.datastudio.app.identity;

import dev.datastudio.app.identity.SignIns.Exchange;
import dev.datastudio.app.web.Open;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Sign-in through providers of identities; browsers are led here, programs use personal tokens. */
@RestController
@RequestMapping(SessionCookies.AUTH_PATH + "/oidc/{provider}")
@Tag(name = "Session")
class ProviderController {
    private final ProviderSignIns signIns;

    ProviderController(ProviderSignIns signIns) {
        this.signIns = signIns;
    }

    @Open
    @GetMapping
    @ResponseStatus(HttpStatus.FOUND)
    @Operation(operationId = "beginProviderSignIn", summary = "Leads a browser to a provider of identities")
    ResponseEntity<Void> begin(
            @PathVariable String provider,
            @RequestParam(defaultValue = "") String to,
            HttpServletRequest request,
            HttpServletResponse response) {
        return found(signIns.begin(provider, to, new Exchange(request, response)));
    }

    @Open
    @GetMapping("/callback")
    @ResponseStatus(HttpStatus.FOUND)
    @Operation(
            operationId = "endProviderSignIn",
            summary = "Where a provider of identities leads a browser back to: begins a session and leads on")
    ResponseEntity<Void> end(
            @PathVariable String provider,
            @RequestParam(defaultValue = "") String code,
            @RequestParam(defaultValue = "") String state,
            @RequestParam(defaultValue = "") String error,
            @RequestParam(defaultValue = "") String iss,
            HttpServletRequest request,
            HttpServletResponse response) {
        ProviderSignIns.Return back = new ProviderSignIns.Return(code, state, error, iss);
        return found(signIns.end(provider, back, new Exchange(request, response)));
    }

    private static ResponseEntity<Void> found(String place) {
        return ResponseEntity.status(HttpStatus.FOUND)
                .header(HttpHeaders.LOCATION, place)
                .build();
    }
}
