package io.steadyline.benchmarks.paced;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.steadyline.benchmarks.vendor.VendorHeard;
import io.steadyline.simulator.load.LoadReport;
import io.steadyline.simulator.load.LoadText;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run of one contender.
 *
 * @param residentKibPerCall growth of what is in RAM from no call to all of them, each time after a full collection
 * @param heapKibPerCall the same of what lives in the heap; 0 for what is not Java
 * @param firstCallMs from the start of the process to the first call that was taken
 * @param vendor what the vendor's recogniser heard; null when there was none
 */
record Measured(
        Contender contender,
        int calls,
        boolean speaks,
        LoadReport report,
        double residentKibPerCall,
        double heapKibPerCall,
        double firstCallMs,
        @Nullable VendorHeard vendor) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    Measured with(VendorHeard heard) {
        return new Measured(contender, calls, speaks, report, residentKibPerCall, heapKibPerCall, firstCallMs, heard);
    }

    String label() {
        return contender.label() + (vendor == null ? "" : ", with a vendor");
    }

    double cpuMsPerCallSecond() {
        LoadReport.ServerUse use = report.server();
        if (use == null) {
            throw new IllegalStateException("a run without a look at its server");
        }
        return use.cpuMsPerCallSecond();
    }

    static String json(List<Measured> runs) throws IOException {
        ArrayNode all = JSON.createArrayNode();
        for (Measured run : runs) {
            JsonNode report = JSON.readTree(LoadText.json(run.report()));
            ObjectNode its = all.addObject()
                    .put("contender", run.contender().name())
                    .put("calls", run.calls())
                    .put("speaks", run.speaks())
                    .put("cpuMsPerCallSecond", run.cpuMsPerCallSecond())
                    .put("residentKibPerCall", run.residentKibPerCall())
                    .put("heapKibPerCall", run.heapKibPerCall())
                    .put("firstCallMs", run.firstCallMs());
            if (run.vendor() != null) {
                its.set("vendor", JSON.valueToTree(run.vendor()));
            }
            its.set("load", report);
        }
        return all.toPrettyString();
    }
}
