/**
 * What goes wrong, and when. {@link io.onceledger.mockprocessor.fault.Faults} are the rates in
 * force; {@link io.onceledger.mockprocessor.fault.Draw} is what they mean for one request, the same
 * for every run with the same seed; {@link io.onceledger.mockprocessor.fault.Fate} is what a
 * payment method brings on itself, whatever the rates.
 */
package io.onceledger.mockprocessor.fault;
