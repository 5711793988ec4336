/**
 * What waits for a person, and what the person decides, for operators: {@link
 * io.onceledger.api.review.ReviewResource}.
 */
package io.onceledger.api.review;
