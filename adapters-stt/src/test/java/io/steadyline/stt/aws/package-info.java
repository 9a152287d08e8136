/** Tests of what is said to Amazon Transcribe and what it says. */
@NullMarked
package io.steadyline.stt.aws;

import org.jspecify.annotations.NullMarked;
