/**
 * What only a person can decide. {@link io.onceledger.core.review.ReviewRows} opens and closes
 * reviews for whoever records an outcome, {@link io.onceledger.core.review.Reviews} lists them,
 * {@link io.onceledger.core.review.ReviewDecisions} is the transaction in which a person decides.
 */
package io.onceledger.core.review;
