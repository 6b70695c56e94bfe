package io.atomicwrite.document;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.atomicwrite.format.Formatting;
import io.atomicwrite.format.TypeReference;
import io.atomicwrite.watch.WatchMode;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The options of documents.
 */
class DocumentOptionsTests {

	@Test
	void defaultsAreThoseOfTheContract() {
		DocumentOptions<Map<String, Integer>> options = DocumentOptions.of(new TypeReference<Map<String, Integer>>() {
		}).build();
		assertThat(options.type()).hasToString("java.util.Map<java.lang.String, java.lang.Integer>");
		assertThat(options.defaults()).isEmpty();
		assertThat(options.writeDefaults()).isFalse();
		assertThat(options.unknown()).isEqualTo(UnknownFields.PRESERVE);
		assertThat(options.formatting()).isEqualTo(Formatting.MINIMAL);
		assertThat(options.whenInvalid()).isEqualTo(WhenInvalid.LAST_GOOD);
		assertThat(options.whenMissing()).isEqualTo(WhenMissing.KEEP);
		assertThat(options.watch()).isEqualTo(WatchMode.AUTO);
		assertThat(options.quietPeriod()).isEqualTo(Duration.ofMillis(250));
		assertThat(options.pollInterval()).isEqualTo(Duration.ofSeconds(5));
		assertThat(options.maxSize()).isEqualTo(16 * 1024 * 1024);
		assertThat(options.keepRejected()).isEqualTo(5);
		assertThat(options.readOnly()).isFalse();
		assertThat(options.executor()).isEmpty();
		assertThat(options.stateDirectory()).isEmpty();
		assertThat(options.constraints()).isTrue();
		assertThat(options.schema()).isZero();
		assertThat(options.schemaKey()).isEqualTo("schema");
	}

	@Test
	void optionsDoNotChangeAfterwards() {
		DocumentOptions.Builder<String> builder = DocumentOptions.of(String.class);
		DocumentOptions<String> first = builder.build();
		DocumentOptions<String> second = builder.defaults("x")
			.writeDefaults(true)
			.validate("", (value) -> true, "x")
			.schema(2)
			.schemaKey("v")
			.migrate(1, (tree) -> tree)
			.unknown(UnknownFields.DROP)
			.formatting(Formatting.REWRITE)
			.whenInvalid(WhenInvalid.FAIL)
			.whenMissing(WhenMissing.DEFAULTS)
			.watch(WatchMode.OFF)
			.quietPeriod(Duration.ofSeconds(1))
			.pollInterval(Duration.ofSeconds(2))
			.secret("/a")
			.maxSize(10)
			.keepRejected(1)
			.readOnly(true)
			.constraints(false)
			.executor(Runnable::run)
			.stateDirectory(Path.of("x"))
			.build();
		DocumentOptions<String> copy = second.toBuilder().build();
		builder.readOnly(false).secret("/b").migrate(1, (tree) -> Map.of());
		assertThat(first.validators()).isEmpty();
		assertThat(first.migrations()).isEmpty();
		assertThat(second.readOnly()).isTrue();
		for (DocumentOptions<String> options : List.of(second, copy)) {
			assertThat(options.defaults().orElseThrow().get()).isEqualTo("x");
			assertThat(options.writeDefaults()).isTrue();
			assertThat(options.validators()).hasSize(1);
			assertThat(options.schema()).isEqualTo(2);
			assertThat(options.schemaKey()).isEqualTo("v");
			assertThat(options.migrations()).containsOnlyKeys(1);
			assertThat(options.unknown()).isEqualTo(UnknownFields.DROP);
			assertThat(options.formatting()).isEqualTo(Formatting.REWRITE);
			assertThat(options.whenInvalid()).isEqualTo(WhenInvalid.FAIL);
			assertThat(options.whenMissing()).isEqualTo(WhenMissing.DEFAULTS);
			assertThat(options.watch()).isEqualTo(WatchMode.OFF);
			assertThat(options.quietPeriod()).hasSeconds(1);
			assertThat(options.pollInterval()).hasSeconds(2);
			assertThat(options.secrets()).containsExactly("/a");
			assertThat(options.maxSize()).isEqualTo(10);
			assertThat(options.keepRejected()).isEqualTo(1);
			assertThat(options.constraints()).isFalse();
			assertThat(options.executor()).isPresent();
			assertThat(options.stateDirectory()).contains(Path.of("x"));
		}
		assertThat(second.with((it) -> it.maxSize(11)).maxSize()).isEqualTo(11);
		assertThat(second).asString().contains("String");
	}

	@Test
	void whatCanNotBeMeantIsRefused() {
		DocumentOptions.Builder<String> builder = DocumentOptions.of(String.class);
		assertThatIllegalArgumentException().isThrownBy(() -> builder.quietPeriod(Duration.ZERO));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.pollInterval(Duration.ofSeconds(-1)));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.maxSize(0));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.keepRejected(0));
		assertThatIllegalArgumentException().isThrownBy(() -> builder.migrate(0, (tree) -> tree));
	}

	@Test
	void supplierOfDefaultsIsAskedOnce() {
		int[] asked = new int[1];
		DocumentCodec<Map<String, Integer>> codec = Kinds.YAML
			.codec(DocumentOptions.of(new TypeReference<Map<String, Integer>>() {
			}).defaults(() -> Map.of("n", ++asked[0])));
		assertThat(Kinds.value(codec.missing())).isEqualTo(Map.of("n", 1));
		assertThat(Kinds.value(codec.read(Kinds.bytes("a: 2\n")))).isEqualTo(Map.of("a", 2, "n", 1));
	}

}
