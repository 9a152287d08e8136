/**
 * Azure AI Speech by Microsoft's own SDK, whose licence is not an open one: so it is a module of its own, and no part of the
 * gateway's jar.
 *
 * <p>Open first: {@link io.steadyline.stt.azure.AzureVendor}. The SDK's events become JSON messages, of which the inner part
 * is the service's own; the dialect reads those. Facts: com.microsoft.cognitiveservices.speech:client-sdk:1.50.0 (2026-05),
 * and the JSON as the open JavaScript SDK reads it (2026-07). Tested with the SDK's native code against a peer that
 * speaks its protocol as that SDK shows it; not yet against the live service.
 *
 * <p>A fault of client-sdk 1.50.0: a short binary message after a hypothesis ends the process. It is the gateway's process, with all
 * its calls; nobody but the service can send such a message.
 */
@NullMarked
package io.steadyline.stt.azure;

import org.jspecify.annotations.NullMarked;
