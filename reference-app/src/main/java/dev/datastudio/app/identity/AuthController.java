package dev.datastudio.app.identity;

import dev.datastudio.app.identity.SignIns.Exchange;
import dev.datastudio.app.identity.account.Account;
import dev.datastudio.app.identity.account.NewAccount;
import dev.datastudio.app.web.Needs;
import dev.datastudio.app.web.Open;
import dev.datastudio.app.web.Scopes;
import dev.datastudio.app.web.SignedIn;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Sessions: how they begin, go on and end. */
@RestController
@RequestMapping(SessionCookies.AUTH_PATH)
@Tag(name = "Session")
class AuthController {
    private final SignIns signIns;
    private final PasswordRecovery recovery;

    AuthController(SignIns signIns, PasswordRecovery recovery) {
        this.signIns = signIns;
        this.recovery = recovery;
    }

    /**
     * Somebody who wants an account.
     *
     * @param email what they will sign in with
     * @param name what they are called
     * @param password at least 12 characters
     * @param organisation the name of the organisation that they begin
     */
    record SignUpRequest(String email, String name, String password, String organisation) {}

    /**
     * Somebody who has an account.
     *
     * @param email of the account
     * @param password of the account
     */
    record SignInRequest(String email, String password) {}

    /**
     * Somebody who was invited.
     *
     * @param token what stands behind the '#' of the link
     * @param name what they are called
     * @param password at least 12 characters
     */
    record AcceptRequest(String token, String name, String password) {}

    /**
     * Somebody who forgot their password.
     *
     * @param email of the account
     */
    record ForgotRequest(String email) {}

    /**
     * Another password for who forgot theirs.
     *
     * @param token what stands behind the '#' of the link
     * @param password at least 12 characters
     */
    record ResetRequest(String token, String password) {}

    /**
     * Another password for who knows theirs.
     *
     * @param current the one so far
     * @param password at least 12 characters
     */
    record PasswordRequest(String current, String password) {}

    @Open
    @GetMapping("/options")
    @Operation(operationId = "signInOptions", summary = "How people can get in")
    SignInOptions options() {
        return signIns.options();
    }

    @Open
    @GetMapping("/session")
    @Operation(operationId = "session", summary = "Who is signed in; also sets the cookie that unsafe requests repeat")
    SessionView session(HttpServletRequest request, HttpServletResponse response) {
        CsrfGuard.giveToken(request, response);
        return signIns.current(admission());
    }

    @Open
    @PostMapping("/sign-up")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(operationId = "signUp", summary = "Makes an account with an organisation of its own, and signs in")
    SessionView signUp(@RequestBody SignUpRequest body, HttpServletRequest request, HttpServletResponse response) {
        NewAccount wanted = new NewAccount(
                Body.text("email", body.email()),
                Body.text("name", body.name()),
                Body.text("password", body.password()),
                Body.text("organisation", body.organisation()));
        return signIns.signUp(wanted, new Exchange(request, response));
    }

    @Open
    @PostMapping("/sign-in")
    @Operation(operationId = "signIn", summary = "Begins a session")
    SessionView signIn(@RequestBody SignInRequest body, HttpServletRequest request, HttpServletResponse response) {
        return signIns.signIn(
                Body.text("email", body.email()),
                Body.text("password", body.password()),
                new Exchange(request, response));
    }

    @Open
    @PostMapping("/refresh")
    @Operation(operationId = "refreshSession", summary = "Continues a session by its refresh cookie")
    SessionView refresh(HttpServletRequest request, HttpServletResponse response) {
        return signIns.refresh(new Exchange(request, response));
    }

    @Open
    @PostMapping("/sign-out")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "signOut", summary = "Ends the session, if there is one")
    void signOut(HttpServletRequest request, HttpServletResponse response) {
        signIns.signOut(admission(), new Exchange(request, response));
    }

    @Open
    @PostMapping("/invitations/accept")
    @Operation(
            operationId = "acceptInvitation",
            summary = "Makes the account of somebody who was invited, and signs in")
    SessionView accept(@RequestBody AcceptRequest body, HttpServletRequest request, HttpServletResponse response) {
        return signIns.accept(
                Body.text("token", body.token()),
                Body.text("name", body.name()),
                Body.text("password", body.password()),
                new Exchange(request, response));
    }

    @Open
    @PostMapping("/password/forgot")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(operationId = "forgotPassword", summary = "Asks for a link by mail; the same answer for every address")
    void forgot(@RequestBody ForgotRequest body, HttpServletRequest request) {
        recovery.forgot(Body.text("email", body.email()), request.getRemoteAddr());
    }

    @Open
    @PostMapping("/password/reset")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "resetPassword", summary = "Chooses another password by a link, which ends all sessions")
    void reset(@RequestBody ResetRequest body, HttpServletRequest request) {
        recovery.reset(
                Body.text("token", body.token()), Body.text("password", body.password()), request.getRemoteAddr());
    }

    @Needs(Scopes.SELF_EDIT)
    @PutMapping("/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "changePassword", summary = "Changes one's password, which ends all other sessions")
    void change(
            @RequestBody PasswordRequest body,
            SignedIn person,
            HttpServletRequest request,
            HttpServletResponse response) {
        Body.requireSession(admission());
        Account account = recovery.change(
                person.caller(),
                person.email(),
                Body.text("current", body.current()),
                Body.text("password", body.password()),
                request.getRemoteAddr());
        signIns.beginAgain(account, new Exchange(request, response));
    }

    static Optional<Admission> admission() {
        return SecurityContextHolder.getContext().getAuthentication() instanceof Admission admission
                ? Optional.of(admission)
                : Optional.empty();
    }
}
