package dev.nuxari.server.api;

import dev.nuxari.kernel.ProblemException;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where the container sends what failed before it reached a handler, such as a path that no browser would send. */
@RestController
class ErrorAddress implements ErrorController {
    @RequestMapping("/error")
    void problem(HttpServletRequest request) {
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        throw switch (status instanceof Integer code ? code : 404) {
            case 400 -> new ProblemException(ApiProblem.INVALID_HEADER, "The request line or a header cannot be read.");
            case 401 -> new ProblemException(ApiProblem.UNAUTHENTICATED, "Sign in first.");
            case 403 -> new ProblemException(ApiProblem.NOT_PERMITTED, "This is not permitted.");
            case 404 -> new ProblemException(ApiProblem.NO_SUCH_ROUTE, "Nothing answers to this address.");
            case 405 ->
                new ProblemException(ApiProblem.METHOD_NOT_ALLOWED, "The address does not answer to this method.");
            case 413 -> new ProblemException(ApiProblem.BODY_TOO_LARGE, "Send less.");
            case 431 -> new ProblemException(ApiProblem.HEADERS_TOO_LARGE, "Send fewer or shorter headers.");
            default -> new ProblemException(ApiProblem.DEFECT, "The operator finds the cause in the log.");
        };
    }
}
