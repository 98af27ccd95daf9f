package io.github.nativemaven.binary;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.nativemaven.binary.ChangedCopy.Change;
import io.github.nativemaven.binary.ElfFile.VersionNeed;
import io.github.nativemaven.binary.ElfSegments.Segment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A patched file is refused, or is what was asked for and else what it was. An input is a file and behind it {@link
 * #CHOICES} bytes that choose the patch.
 */
class ElfPatcherFuzzTest {
    private static final int CHOICES = 4;
    private static final int MOST_OF_PADDING = 1 << 30;

    /** Texts that are in the seeds' string tables, or parts of others, or in none. */
    private static final List<String> TEXTS =
            List.of("libx.so", "x.so", "so.6", "libc.so.6", "libx-1a2b3c4d.so.1", "$ORIGIN/../x.libs", "y".repeat(300));

    static Stream<Arguments> files() {
        Stream.Builder<Arguments> files = Stream.builder();
        int seed = 0;
        for (ElfImage image : List.of(
                ElfImage.x86().gnuHash(),
                new ElfImage(true, ByteOrder.BIG_ENDIAN, ElfImage.S390),
                new ElfImage(false, ByteOrder.LITTLE_ENDIAN, ElfImage.ARM).gnuHash(),
                new ElfImage(true, ByteOrder.LITTLE_ENDIAN, ElfImage.AARCH64))) {
            byte[] bytes = image.soname("libx.so")
                    .needed("libc.so.6", "libm.so.6")
                    .rpath("/a")
                    .imports("libc.so.6", "memcpy@GLIBC_2.14")
                    .imports("libm.so.6", "exp@GLIBC_2.29")
                    .exports("PyInit_x")
                    .bytes();
            for (int choices : new int[] {0x00000000, 0x15243142, 0x41322213}) {
                ByteBuffer input = ByteBuffer.allocate(bytes.length + CHOICES).put(bytes);
                files.add(Arguments.of(input.putInt(choices + seed++).array()));
            }
        }
        return files.build();
    }

    @MethodSource("files")
    @FuzzTest
    void patch(byte[] input) throws IOException {
        byte[] image = Arrays.copyOf(input, Math.max(0, input.length - CHOICES));
        byte[] choices = Arrays.copyOfRange(input, image.length, image.length + CHOICES);
        Elf before;
        ElfPatch patch;
        ChangedBytes copy;
        List<Change> changes;
        try {
            before = Elf.of(new ChangedBytes(image, List.of()));
            patch = patch(before.file(), choices);
            ElfPatcher.Plan plan = plan(image, patch);
            changes = plan.changes();
            copy = new ChangedBytes(image, changes);
            plan.check(new BoundedFile(Path.of("copy"), copy));
        } catch (MalformedBinaryException e) {
            assertThat(e.offset()).isBetween(0L, (long) image.length);
            return;
        }
        Elf after = Elf.of(copy);

        assertThatItIsAsAsked(before.file(), after.file(), patch);
        assertThatTheRestIsTheSame(before, after);
        assertThatTheAddedSegmentIsApart(before, after);
        assertThat(copy.size()).isLessThanOrEqualTo(mostOfBytes(before, image.length, patch));
        if (patch.equals(ElfPatch.NOTHING)) {
            assertThat(changes).isEmpty();
        }
        if (copy.size() < 1 << 20) {
            byte[] once = copy.bytes();
            byte[] twice = new ChangedBytes(once, plan(once, patch).changes()).bytes();
            assertThat(Arrays.mismatch(once, twice))
                    .as("the first byte that differs when patched again")
                    .isEqualTo(-1);
        }
    }

    /** What can be told of a file before it is patched and after. */
    private record Elf(ElfFile file, List<Segment> loaded, boolean program, boolean counted, List<Object> rest) {
        static Elf of(ChangedBytes bytes) throws IOException {
            BoundedFile bounded = new BoundedFile(Path.of("image"), bytes);
            if (!(BinaryReader.read(bounded) instanceof ElfFile file)) {
                throw bounded.malformed(0, "no ELF file");
            }
            ElfHeader header = ElfHeader.read(bounded);
            ElfSegments segments = ElfSegments.read(bounded, header);
            ElfDynamic dynamic = ElfDynamic.read(bounded, header, segments);
            return new Elf(
                    file,
                    segments.all().stream()
                            .filter(segment -> segment.type() == ElfSegments.LOAD)
                            .toList(),
                    file.interpreter().isPresent() || !file.isShared(),
                    dynamic.has(ElfDynamic.HASH),
                    List.of(
                            file.exports(""),
                            file.imports(),
                            file.requiredImports(),
                            file.architectures(),
                            file.machine(),
                            file.floatAbi(),
                            file.interpreter()));
        }
    }

    private static ElfPatcher.Plan plan(byte[] image, ElfPatch patch) throws IOException {
        return ElfPatcher.plan(new BoundedFile(Path.of("image"), new SeekableInMemoryByteChannel(image)), patch);
    }

    /** No name that is asked for is one to be replaced, so that patching again changes nothing. */
    private static ElfPatch patch(ElfFile file, byte[] choices) {
        ElfPatch patch = ElfPatch.NOTHING;
        if ((choices[0] & 0x0f) > 0) {
            patch = patch.soname(text(choices[0]));
        }
        for (int i = 0; i < Math.min(2, file.needed().size()) && (choices[1] >> 4 * i & 0x0f) > 0; i++) {
            String library = file.needed().get(i);
            String by = i + "-" + text(choices[1] >> 4 * i);
            patch = library.startsWith("0-") || library.startsWith("1-") ? patch : patch.replaceNeeded(library, by);
        }
        for (int i = 0; i < (choices[2] & 3); i++) {
            String library = text((choices[2] >> 2) + i);
            patch = patch.replaced().containsKey(library) ? patch : patch.addNeeded(library);
        }
        return switch (choices[3] & 7) {
            case 1 -> patch.runpath(text(choices[3] >> 3));
            case 2 -> patch.rpath(text(choices[3] >> 3));
            case 3 -> patch.runpath("/a", text(choices[3] >> 3));
            case 4 -> patch.withoutSearchPath();
            default -> patch;
        };
    }

    private static String text(int choice) {
        return TEXTS.get((choice & 0xf) % TEXTS.size());
    }

    private static void assertThatItIsAsAsked(ElfFile before, ElfFile after, ElfPatch patch) {
        assertThat(after.soname()).isEqualTo(patch.soname().or(before::soname));
        List<String> needed = new ArrayList<>();
        before.needed().forEach(name -> needed.add(patch.replaced().getOrDefault(name, name)));
        patch.added().stream().filter(name -> !needed.contains(name)).distinct().forEach(needed::add);
        assertThat(after.needed()).isEqualTo(needed);
        List<VersionNeed> versions = new ArrayList<>();
        for (VersionNeed need : before.versionNeeds()) {
            versions.add(new VersionNeed(
                    patch.replaced().getOrDefault(need.library(), need.library()),
                    need.version(),
                    need.weak(),
                    need.symbol()));
        }
        assertThat(after.versionNeeds()).isEqualTo(versions);
        Optional<ElfPatch.SearchPath> path = patch.searchPath();
        List<String> none = path.isPresent() ? List.of() : null;
        boolean runpath = path.isPresent() && path.get().runpath();
        assertThat(after.runpath())
                .isEqualTo(runpath ? path.get().directories() : none == null ? before.runpath() : none);
        assertThat(after.rpath())
                .isEqualTo(
                        path.isPresent() && !runpath ? path.get().directories() : none == null ? before.rpath() : none);
    }

    private static void assertThatTheRestIsTheSame(Elf before, Elf after) {
        // Without a hash table the symbols reach as far as they look like some.
        if (before.counted()) {
            assertThat(after.rest()).isEqualTo(before.rest());
        }
        List<Segment> rest = new ArrayList<>();
        after.loaded().forEach(segment -> rest.add(placed(segment)));
        before.loaded().forEach(segment -> assertThat(rest.remove(placed(segment)))
                .as("%s is kept", segment)
                .isTrue());
        assertThat(rest).hasSizeLessThanOrEqualTo(1);
    }

    private static Segment placed(Segment segment) {
        return new Segment(
                0,
                segment.type(),
                segment.flags(),
                segment.offset(),
                segment.address(),
                segment.fileSize(),
                segment.memorySize(),
                segment.alignment());
    }

    private static void assertThatTheAddedSegmentIsApart(Elf before, Elf after) {
        if (after.loaded().size() == before.loaded().size()) {
            return;
        }
        Segment added = after.loaded().get(after.loaded().size() - 1);
        assertThat(added.address()).isNotNegative();
        assertThat(Long.bitCount(added.alignment())).isEqualTo(1);
        if (!after.program()) {
            assertThat((added.address() - added.offset()) % added.alignment()).isZero();
        }
        for (Segment old : before.loaded()) {
            long end = old.address() + Math.max(old.fileSize(), old.memorySize());
            assertThat(end).isGreaterThanOrEqualTo(old.address()).isLessThanOrEqualTo(added.address());
        }
        long limit = after.file().pointerWidth() == 32 ? 1L << 32 : Long.MAX_VALUE;
        assertThat(added.address()).isLessThanOrEqualTo(limit - added.fileSize());
    }

    /** A copy of the tables that grow, the texts, and what alignment costs. */
    private static long mostOfBytes(Elf before, int size, ElfPatch patch) {
        long texts = 350L * (patch.replaced().size() + patch.added().size() + 3);
        return 2L * size + texts + 1024 + 2 * 0x10000 + (before.program() ? MOST_OF_PADDING : 0);
    }
}
