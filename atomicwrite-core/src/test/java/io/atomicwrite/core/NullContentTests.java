package io.atomicwrite.core;

import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import io.atomicwrite.FormatException;
import io.atomicwrite.format.Formatting;
import io.atomicwrite.format.TypeReference;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.test.DirectoryContent;
import io.atomicwrite.test.fault.RecordingFileOps;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.NullNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

/**
 * Content that is {@code null}, and values that could be written and never read again.
 */
class NullContentTests {

	private final RecordingFileOps files = new RecordingFileOps(FileOps.system());

	private final AtomicFileTemplate template = AtomicFileTemplate.builder().files(this.files).build();

	@TempDir
	private Path directory;

	private Path target;

	@BeforeEach
	void target() throws Exception {
		this.target = this.directory.resolve("settings.json");
		Files.writeString(this.target, "{\"good\":1}");
	}

	static Stream<BiConsumer<AtomicFileTemplate, Path>> forms() {
		byte[] bytes = none();
		String text = none();
		InputStream stream = none();
		ContentWriter callback = none();
		Object value = none();
		return Stream.of((t, f) -> t.write(f, bytes), (t, f) -> t.writeString(f, text),
				(t, f) -> t.writeString(f, text, StandardCharsets.UTF_16), (t, f) -> t.write(f, stream),
				(t, f) -> t.write(f, callback), (t, f) -> t.append(f, bytes), (t, f) -> t.append(f, stream),
				(t, f) -> t.writeValue(f, value), (t, f) -> t.writeValue(f, value, (o) -> o.overwrite(true)),
				(t, f) -> t.write(f, bytes, WriteOptions.engineDefaults()));
	}

	@ParameterizedTest
	@MethodSource("forms")
	void nullIsRefusedBeforeAnyFileIsTouched(BiConsumer<AtomicFileTemplate, Path> form) {
		assertThatNullPointerException().isThrownBy(() -> form.accept(this.template, this.target))
			.withMessageContaining(this.target.toString())
			.withMessageContaining("content is null")
			.withMessageContaining("nothing was written");
		assertThat(this.files.calls()).isEmpty();
		assertThat(this.target).hasContent("{\"good\":1}");
	}

	@Test
	void nullBufferIsRefusedAndTheWriteGoesOn() throws Exception {
		try (StagedWrite staged = this.template.open(this.target)) {
			ByteBuffer buffer = none();
			assertThatNullPointerException().isThrownBy(() -> staged.write(buffer))
				.withMessageContaining("buffer is null");
			staged.output().write('x');
			staged.commit();
		}
		assertThat(this.target).hasContent("x");
	}

	static Stream<Object> unreadable() {
		return Stream.of(Optional.empty(), NullNode.getInstance(), new AtomicReference<>(), new Nothing(), new Raw());
	}

	@ParameterizedTest
	@MethodSource("unreadable")
	void valueWhoseEncodingCanNotBeDecodedIsRefused(Object value) {
		assertThatExceptionOfType(FormatException.class).isThrownBy(() -> this.template.writeValue(this.target, value))
			.withMessageContaining(this.target.toString())
			.withMessageContaining("can't decode")
			.withMessageContaining("nothing was written");
		assertThat(this.files.calls()).isEmpty();
		assertThat(this.target).hasContent("{\"good\":1}");
	}

	@Test
	void updateRefusesWhatTheNextUpdateCouldNotRead() {
		TypeReference<Map<String, Object>> type = new TypeReference<>() {
		};
		assertThatExceptionOfType(FormatException.class)
			.isThrownBy(() -> this.template.update(this.target, Object.class, (value) -> Optional.empty()))
			.withMessageContaining("can't decode");
		assertThatExceptionOfType(FormatException.class)
			.isThrownBy(() -> this.template.update(this.directory.resolve("new.json"), WriteOnly.class,
					(value) -> new WriteOnly(3)))
			.withMessageContaining("can't decode");
		assertThat(this.target).hasContent("{\"good\":1}");
		assertThat(DirectoryContent.of(this.directory)).containsExactly("settings.json");
		assertThat(this.template.update(this.target, type, (value) -> Map.of("good", 2)).value())
			.isEqualTo(Map.of("good", 2));
	}

	@Test
	void valueThatOthersReadIsWritten() {
		Path other = this.directory.resolve("new.json");
		this.template.writeValue(other, new WriteOnly(3));
		assertThat(this.template.readString(other)).contains("\"count\" : 3");
		this.template.writeValue(other, List.of(1), (options) -> options.formatting(Formatting.REWRITE));
		assertThat(this.template.readString(other)).isEqualTo("[ 1 ]");
		// in the layout that is there; nothing of the old value stays, as the type knows
		// none of it
		this.template.writeValue(this.target, new WriteOnly(3));
		assertThat(this.template.readString(this.target)).isEqualTo("{\"count\":3}");
		this.template.writeValue(this.target, List.of(1));
		assertThat(this.template.readString(this.target)).isEqualTo("[1]");
	}

	@SuppressWarnings({ "unchecked", "NullAway" })
	private static <T> T none() {
		return (T) new AtomicReference<@Nullable Object>().get();
	}

	/** Is encoded as {@code null}. */
	static final class Nothing {

		@JsonValue
		@Nullable String text() {
			return null;
		}

	}

	/** Is encoded as what is no JSON. */
	static final class Raw {

		@JsonRawValue
		public String getText() {
			return "{";
		}

	}

	/** Has no constructor that a format could use. */
	static final class WriteOnly {

		private final int count;

		WriteOnly(int count) {
			this(count, 1);
		}

		// of two constructors none is the one to decode with
		WriteOnly(int count, int factor) {
			this.count = count * factor;
		}

		public int getCount() {
			return this.count;
		}

	}

}
