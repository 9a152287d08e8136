package io.steadyline.bootstrap.drill;

/**
 * What came of a drill.
 *
 * @param seen what an operator sees
 * @param lost what a caller loses
 */
public record DrillResult(String seen, String lost) {

    static DrillResult notRun(NotHere why) {
        return new DrillResult("not run: " + why.getMessage(), "–");
    }
}
