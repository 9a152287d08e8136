package io.steadyline.stt.vendor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VendorTextTest {

    private final OpenTexts texts = new OpenTexts();

    @Test
    void shouldJoinInTheOrderOfAppearance() {
        assertThat(texts.put("b", "one")).isTrue();
        assertThat(texts.put("a", "two")).isTrue();
        assertThat(texts.put("b", "One")).isTrue();
        assertThat(texts.joined()).isEqualTo("One two");
    }

    @Test
    void shouldTellWhetherAnythingChanged() {
        assertThat(texts.put("a", "")).isFalse();
        assertThat(texts.put("a", "one")).isTrue();
        assertThat(texts.put("a", "one")).isFalse();
        assertThat(texts.put("a", "")).isFalse();
        assertThat(texts.isEmpty()).isTrue();
    }

    @Test
    void shouldKeepFinishedWhatIsFinished() {
        texts.put("a", "one");
        assertThat(texts.finish("a")).isTrue();
        assertThat(texts.finish("a")).isFalse();
        assertThat(texts.put("a", "late")).isFalse();
        assertThat(texts.isEmpty()).isTrue();
    }

    @Test
    void shouldDropWhatAppearedBeforeAFinal() {
        texts.put("a", "one");
        texts.put("b", "two");
        texts.put("c", "three");
        texts.finish("b");
        assertThat(texts.joined()).isEqualTo("three");
        texts.finish("unseen");
        assertThat(texts.joined()).isEqualTo("three");
        texts.clear();
        assertThat(texts.isEmpty()).isTrue();
    }

    @Test
    void shouldForgetWhatWasFinishedLongAgo() {
        for (int i = 0; i < 17; i++) {
            texts.finish("id-" + i);
        }
        assertThat(texts.finish("id-1")).isFalse();
        assertThat(texts.finish("id-0")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"en-US, en", "de, de", "zh-Hant-TW, zh", "EN-us, en", "'', ''"})
    void shouldGoWithoutTheRegion(String tag, String primary) {
        assertThat(LanguageTag.primary(tag)).isEqualTo(primary);
    }
}
