package io.steadyline.bootstrap.wiring;

import jakarta.inject.Scope;
import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

/** One instance for each phone call: what is marked so holds the state of one call and dies with it. */
@Scope
@Documented
@Retention(RetentionPolicy.RUNTIME)
public @interface CallScope {}
