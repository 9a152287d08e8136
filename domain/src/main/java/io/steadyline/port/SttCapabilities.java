package io.steadyline.port;

/**
 * What a recogniser can do.
 *
 * @param transcribes writes words; a flow that needs text must refuse a recogniser without
 * @param interims tells words before they are final
 * @param speechEvents notices start and end of speech by itself
 * @param dtmf hears keys in the audio
 */
public record SttCapabilities(boolean transcribes, boolean interims, boolean speechEvents, boolean dtmf) {}
