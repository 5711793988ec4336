package io.onceledger.core.settlement;

import io.onceledger.core.settlement.ReportLine.Settled;
import java.util.UUID;

/**
 * A line that was new, and what of ours it is about.
 *
 * @param charge null when we have none of that name
 * @param refund null unless it is about a refund that we have
 */
record BookedLine(Settled line, UUID charge, UUID refund) {}
