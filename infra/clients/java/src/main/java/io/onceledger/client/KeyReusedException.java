package io.onceledger.client;

import io.onceledger.client.model.FieldError;
import io.onceledger.client.model.Problem;
import java.util.List;

/**
 * The intent was sent before with another request, which stands. Either two intents bear one name,
 * or the request of an intent has changed: a defect of the caller in both cases.
 */
public final class KeyReusedException extends RefusedException {

  private static final long serialVersionUID = 1L;

  KeyReusedException(Problem problem) {
    super(problem);
  }

  /** JSON pointers of the members that differ from the first request. */
  public List<String> pointers() {
    return problem().getErrors().stream().map(FieldError::getPointer).toList();
  }

  /** The path of what the first request made. */
  public String resource() {
    return problem().getResource();
  }
}
