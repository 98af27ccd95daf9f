package io.github.nativemaven.wheel;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.nativemaven.platform.MalformedException;
import io.github.nativemaven.platform.PlatformTag;
import io.github.nativemaven.python.DistributionName;
import java.util.function.Function;

/** Any text is a value or malformed, and a value reads its own text. */
class WheelTextsFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void wheelName(FuzzedDataProvider data) {
        readsItself(data.consumeRemainingAsString(), WheelName::parse, WheelName::toString);
    }

    @FuzzTest(maxDuration = "10m")
    void wheelTag(FuzzedDataProvider data) {
        readsItself(data.consumeRemainingAsString(), WheelTag::parse, WheelTag::toString);
    }

    @FuzzTest(maxDuration = "10m")
    void platformTag(FuzzedDataProvider data) {
        readsItself(data.consumeRemainingAsString(), PlatformTag::parse, PlatformTag::toString);
    }

    @FuzzTest(maxDuration = "10m")
    void distributionName(FuzzedDataProvider data) {
        readsItself(data.consumeRemainingAsString(), DistributionName::parse, DistributionName::value);
    }

    @FuzzTest(maxDuration = "10m")
    void metadata(FuzzedDataProvider data) {
        readsItself(data.consumeRemainingAsString(), CoreMetadata::parse, CoreMetadata::write);
    }

    @FuzzTest(maxDuration = "10m")
    void recordFile(FuzzedDataProvider data) {
        readsItself(data.consumeRemainingAsString(), RecordFile::parse, RecordFile::write);
    }

    @FuzzTest(maxDuration = "10m")
    void entryPoints(FuzzedDataProvider data) {
        readsItself(data.consumeRemainingAsString(), EntryPoints::parse, EntryPoints::write);
    }

    @FuzzTest(maxDuration = "10m")
    void licenseExpression(FuzzedDataProvider data) {
        readsItself(data.consumeRemainingAsString(), LicenseExpression::parse, LicenseExpression::toString);
    }

    private static <T> void readsItself(String text, Function<String, T> parse, Function<T, String> write) {
        T value;
        try {
            value = parse.apply(text);
        } catch (MalformedException e) {
            return;
        }
        T again = parse.apply(write.apply(value));
        assertThat(again).isEqualTo(value);
        assertThat(write.apply(again)).isEqualTo(write.apply(value));
    }
}
