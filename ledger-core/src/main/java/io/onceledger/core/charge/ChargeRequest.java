package io.onceledger.core.charge;

import com.fasterxml.jackson.core.JsonPointer;
import io.onceledger.core.idempotency.Fingerprint;
import io.onceledger.core.idempotency.Request;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a merchant asks for, validated.
 *
 * @param amount minor units of {@code currency}
 * @param description null when absent
 * @param metadata by name; empty when absent
 */
public record ChargeRequest(
    long amount,
    String currency,
    String paymentMethod,
    String description,
    SortedMap<String, String> metadata)
    implements Request<ChargeRequest> {

  private static final JsonPointer METADATA = JsonPointer.compile("/metadata");
  private static final String OPERATION = "POST /v1/charges";

  /** Keeps its own copy of the metadata. */
  public ChargeRequest {
    metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
  }

  @Override
  public Fingerprint fingerprint(int version) {
    if (version != 1) {
      throw new IllegalStateException("no canonical form of charges has version " + version);
    }
    return Fingerprint.of(OPERATION)
        .add(amount)
        .add(currency)
        .add(paymentMethod)
        .add(description)
        .add(metadata)
        .done();
  }

  @Override
  public List<String> differences(ChargeRequest other) {
    List<String> pointers = new ArrayList<>();
    if (amount != other.amount) {
      pointers.add("/amount");
    }
    if (!currency.equals(other.currency)) {
      pointers.add("/currency");
    }
    if (!paymentMethod.equals(other.paymentMethod)) {
      pointers.add("/payment_method");
    }
    if (!Objects.equals(description, other.description)) {
      pointers.add("/description");
    }
    TreeSet<String> names = new TreeSet<>(metadata.keySet());
    names.addAll(other.metadata.keySet());
    names.stream()
        .filter(name -> !Objects.equals(metadata.get(name), other.metadata.get(name)))
        .forEach(name -> pointers.add(METADATA.appendProperty(name).toString()));
    return pointers;
  }
}
