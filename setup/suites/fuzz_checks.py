"""What schemathesis holds against an answer: a status of the server's failing, an error without a cause that the client could
mend, or words of the inside. Errors that say what was wrong with a question are right answers to the questions it makes up."""

import schemathesis

INSIDE = ("panic", "goroutine", "sqlite", "neo4j", "runtime error", ".go:", "dial tcp")


@schemathesis.check
def no_fault(ctx, response, case):
    assert response.status_code < 500, f"status {response.status_code}"
    for error in response.json().get("errors") or []:
        code = (error.get("extensions") or {}).get("code")
        assert code, f"an error without a code: {error}"
        assert code != "INTERNAL", f"an internal error: {error}"
        message = error.get("message", "").lower()
        assert not any(word in message for word in INSIDE), f"an error that says too much: {error}"
