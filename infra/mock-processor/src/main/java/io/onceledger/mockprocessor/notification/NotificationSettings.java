package io.onceledger.mockprocessor.notification;

import java.net.URI;

/**
 * Where notifications go.
 *
 * @param url of the ledger's route, http or https
 */
public record NotificationSettings(URI url, Signer signer, Retries retries) {}
