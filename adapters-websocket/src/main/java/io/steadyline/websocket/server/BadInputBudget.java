package io.steadyline.websocket.server;

/** How much that cannot be used a peer may send: 100 messages at once, and one for every ten good ones. */
final class BadInputBudget {

    private static final int COST = 10;
    private static final int LIMIT = 100 * COST;

    private int spent;

    void onGood() {
        spent = Math.max(0, spent - 1);
    }

    /** False when the budget is spent. */
    boolean onBad() {
        spent += COST;
        return spent < LIMIT;
    }
}
