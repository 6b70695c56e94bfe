package io.atomicwrite.spring.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.atomicwrite.ChecksumMissingException;
import io.atomicwrite.Guarantee;
import io.atomicwrite.GuaranteeLevel;
import io.atomicwrite.SafetyPolicy;
import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.checksum.Checksum;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.format.Formatting;
import io.atomicwrite.core.MetadataPolicy;
import io.atomicwrite.core.ModePolicy;
import io.atomicwrite.core.SymlinkPolicy;
import io.atomicwrite.core.WriteOptions;
import io.atomicwrite.fs.FileOps;
import io.atomicwrite.lock.LockRegistry;
import io.atomicwrite.lock.LockRequest;
import io.atomicwrite.maintenance.NoPause;
import io.atomicwrite.spring.MountedAs;
import io.atomicwrite.spring.directory.ManagedDirectories;
import io.atomicwrite.spring.housekeeping.DirectoryHousekeeping;
import io.atomicwrite.spring.housekeeping.ScheduledHousekeeper;
import io.atomicwrite.test.DirectoryContent;
import io.atomicwrite.test.Pairwise;
import io.atomicwrite.test.Pairwise.Case;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Each property with each other, set or left out, against a plain model: the options that
 * writes have, and what a sweep takes away.
 */
class PropertiesPairwiseTests {

	private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss")
		.withZone(ZoneOffset.UTC);

	private static final List<Integer> DAYS = List.of(1, 5, 10);

	@TempDir
	private Path temporary;

	private Path base;

	private Path data;

	@BeforeEach
	void createDirectories() throws IOException {
		this.base = this.temporary.toRealPath();
		this.data = Files.createDirectories(this.base.resolve("data/sub")).getParent();
	}

	static Stream<Case> cases() {
		Pairwise pairwise = new Pairwise().with("safety", null, "strict", "warn", "best-effort")
			.with("lock.mode", null, "fail-fast", "none")
			.with("lock.timeout", null, "5s", "0s")
			.with("lock.file", null, "keep")
			.with("checksum.mode", null, "sidecar", "attribute")
			.with("checksum.algorithm", null, "SHA-512")
			.with("checksum.verify-on-read", null, "true")
			.with("backup.enabled", null, "false", "true")
			.with("backup.suffix", null, ".bak")
			.with("backup.directory", null, "old")
			.with("backup.timestamped", null, "true")
			.with("backup.keep", null, "1", "2")
			.with("metadata.mode", null, "umask", "0640")
			.with("metadata.owner", null, "ignore", "require")
			.with("metadata.attributes", null, "ignore", "require")
			.with("metadata.report-losses", null, "true", "false")
			.with("symlinks", null, "replace", "reject")
			.with("formatting", null, "require-minimal", "rewrite")
			.with("base-directory", null, "set")
			.with("require.crash-durability", null, "best-effort")
			.with("housekeeping.enabled", null, "false")
			.with("housekeeping.orphan-age", null, "3h")
			.with("housekeeping.lock-age", null, "3h")
			.with("housekeeping.backup-age", null, "7d")
			.with("housekeeping.recursive", null, "true")
			.with("housekeeping.recovery", null, "discard", "finish", "set-aside");
		return Stream.of(1L, 2L).flatMap((seed) -> pairwise.cases(seed).stream());
	}

	@ParameterizedTest
	@MethodSource("cases")
	void applicationIsWhatTheModelSays(Case given) {
		runner(given).run((context) -> {
			Integer keep = number(given, "backup.keep");
			boolean enabled = is(given, "backup.enabled");
			boolean timestamped = is(given, "backup.timestamped");
			if (enabled && !timestamped && keep != null && keep > 1) {
				assertThat(context).getFailure()
					.rootCause()
					.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class,
							(ex) -> assertThat(ex.getName()).isEqualTo("atomicwrite.backup.keep"));
				return;
			}
			assertThat(context).hasNotFailed();
			AtomicFileTemplate template = context.getBean(AtomicFileTemplate.class);
			checkOptions(given, template.defaults());
			if (context.getBeansOfType(ScheduledHousekeeper.class).isEmpty() != "false"
				.equals(text(given, "housekeeping.enabled"))) {
				throw new AssertionError("scheduled or not");
			}
			checkWrites(given, template);
			checkSweep(given, context.getBean(ManagedDirectories.class), context.getBean(DirectoryHousekeeping.class));
		});
	}

	private ApplicationContextRunner runner(Case given) {
		List<String> properties = new ArrayList<>(
				List.of("atomicwrite.housekeeping.on-startup=false", "atomicwrite.directories.data.path=" + this.data));
		given.values().forEach((name, value) -> {
			if (value != null) {
				properties.add("atomicwrite." + name + "=" + (value.equals("set") ? this.base : value));
			}
		});
		FileOps files = new MountedAs("ext4");
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(AtomicWriteAutoConfiguration.class))
			.withPropertyValues(properties.toArray(String[]::new))
			.withBean(FileOps.class, () -> files)
			.withInitializer((context) -> {
				LockRegistry locks = LockRegistry.file();
				context.getBeanFactory().registerSingleton("housekeeper", NoPause.housekeeper(files, locks));
				context.getBeanFactory().registerSingleton("recovery", NoPause.recovery(files, locks));
			});
	}

	private static void checkOptions(Case given, WriteOptions options) {
		assertThat(options.safety()).isEqualTo(constant(given, "safety", SafetyPolicy.STRICT));
		String wait = text(given, "lock.timeout");
		assertThat(options.lock()).isEqualTo(switch (String.valueOf(text(given, "lock.mode"))) {
			case "fail-fast" -> LockRequest.failFast();
			case "none" -> LockRequest.none();
			default -> LockRequest.waitUpTo(Duration.parse("PT" + ((wait != null) ? wait : "30s")));
		});
		assertThat(options.checksum())
			.isEqualTo(ChecksumPolicy.of(constant(given, "checksum.mode", ChecksumPolicy.Mode.NONE), algorithm(given)));
		BackupPolicy backup = options.backup();
		assertThat(backup.enabled()).isEqualTo(is(given, "backup.enabled"));
		if (backup.enabled()) {
			String directory = text(given, "backup.directory");
			assertThat(backup).isEqualTo(BackupPolicy.single()
				.with((changes) -> changes.suffix(suffix(given))
					.directory((directory != null) ? Path.of(directory) : null)
					.timestamped(is(given, "backup.timestamped"))
					.keep(number(given, "backup.keep"))));
		}
		String mode = text(given, "metadata.mode");
		assertThat(options.mode()).isEqualTo(ModePolicy.parse((mode != null) ? mode : "preserve"));
		assertThat(options.owner()).isEqualTo(constant(given, "metadata.owner", MetadataPolicy.TRY));
		assertThat(options.attributes()).isEqualTo(constant(given, "metadata.attributes", MetadataPolicy.TRY));
		assertThat(options.reportLosses()).isEqualTo(!"false".equals(text(given, "metadata.report-losses")));
		assertThat(options.symlinks()).isEqualTo(constant(given, "symlinks", SymlinkPolicy.FOLLOW));
		assertThat(options.formatting()).isEqualTo(constant(given, "formatting", Formatting.MINIMAL));
		assertThat(options.required()).isEqualTo((given.values().get("require.crash-durability") != null)
				? Map.of(Guarantee.CRASH_DURABILITY, GuaranteeLevel.BEST_EFFORT) : Map.of());
	}

	/** What is no option: the base directory, the lock file, and whether reads verify. */
	private void checkWrites(Case given, AtomicFileTemplate template) throws IOException {
		boolean within = given.values().get("base-directory") != null;
		Path directory = Files.createDirectory(this.base.resolve("w"));
		Path target = directory.resolve("w.json");
		template.writeString(within ? Path.of("w/w.json") : target, "new");
		Set<String> expected = new TreeSet<>(Set.of("w.json"));
		boolean locked = !"none".equals(text(given, "lock.mode"));
		if (locked && "keep".equals(text(given, "lock.file"))) {
			expected.add("w.json.lock");
		}
		if ("sidecar".equals(text(given, "checksum.mode"))) {
			expected.add("w.json." + algorithm(given).suffix());
		}
		assertThat(DirectoryContent.of(directory)).containsExactlyElementsOf(expected);
		Path plain = Files.writeString(directory.resolve("plain"), "plain");
		if (is(given, "checksum.verify-on-read")) {
			assertThatExceptionOfType(ChecksumMissingException.class).isThrownBy(() -> template.read(plain));
		}
		else {
			assertThat(template.readString(plain)).isEqualTo("plain");
		}
	}

	private void checkSweep(Case given, ManagedDirectories directories, DirectoryHousekeeping housekeeping)
			throws IOException {
		String within = text(given, "backup.directory");
		Set<String> expected = new TreeSet<>(Set.of("sub"));
		if (within != null) {
			expected.add(within);
			Files.createDirectory(this.data.resolve(within));
		}
		for (String place : new String[] { "", "sub/" }) {
			boolean reached = place.isEmpty() || is(given, "housekeeping.recursive");
			arrangeOrphan(given, place, reached, expected);
			arrangeSidecar(place, expected);
			file(place + "l.lock", "\0", Duration.ofHours(2));
			if (!reached || text(given, "housekeeping.lock-age") != null) {
				expected.add(place + "l.lock");
			}
			arrangeBackups(given, (within != null && place.isEmpty()) ? within + "/" : place, reached, expected);
		}
		housekeeping.sweep(directories.all().iterator().next(), false);
		assertThat(DirectoryContent.of(this.data)).containsExactlyElementsOf(expected);
		for (String place : new String[] { "", "sub/" }) {
			boolean settled = text(given, "housekeeping.recovery") != null
					&& (place.isEmpty() || is(given, "housekeeping.recursive"));
			assertThat(Files.readString(this.data.resolve(place + "s.json.sha256")).contains("previous"))
				.isEqualTo(!settled);
		}
	}

	private void arrangeOrphan(Case given, String place, boolean reached, Set<String> expected) throws IOException {
		String name = place + ".a.json.0123456789abcdef";
		file(name + ".tmp", "staged", Duration.ofHours(1));
		String recovery = text(given, "housekeeping.recovery");
		if (!reached || text(given, "housekeeping.orphan-age") != null) {
			expected.add(name + ".tmp");
		}
		else if (recovery != null && !recovery.equals("discard")) {
			// nothing shows that it is complete
			expected.add(name + ".aside");
		}
	}

	private void arrangeSidecar(String place, Set<String> expected) throws IOException {
		file(place + "s.json", "is", Duration.ofHours(1));
		file(place + "s.json.sha256", hex("was to be") + "  s.json\n# previous " + hex("is") + "\n",
				Duration.ofHours(1));
		expected.add(place + "s.json");
		expected.add(place + "s.json.sha256");
	}

	/** Those that are made no longer may be there all the same, and are not to go. */
	private void arrangeBackups(Case given, String place, boolean reached, Set<String> expected) throws IOException {
		Integer keep = (is(given, "backup.enabled") && is(given, "backup.timestamped")) ? number(given, "backup.keep")
				: null;
		boolean aged = text(given, "housekeeping.backup-age") != null;
		for (int i = 0; i < DAYS.size(); i++) {
			String stamp = STAMP.format(Instant.now().minus(Duration.ofDays(DAYS.get(i))));
			String name = place + "b.json." + stamp + suffix(given);
			file(name, "backup", Duration.ofDays(400));
			boolean goes = reached && (aged && DAYS.get(i) > 7 || keep != null && i >= keep);
			if (!goes) {
				expected.add(name);
			}
		}
		String other = place + "b.json.20200101-000000.saved";
		file(other, "another's", Duration.ofDays(400));
		expected.add(other);
	}

	private void file(String name, String content, Duration age) throws IOException {
		Path file = Files.writeString(this.data.resolve(name), content);
		Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
	}

	private static String hex(String content) {
		return Checksum.of(ChecksumAlgorithm.SHA_256, content.getBytes()).hex();
	}

	private static ChecksumAlgorithm algorithm(Case given) {
		return (text(given, "checksum.algorithm") != null) ? ChecksumAlgorithm.SHA_512 : ChecksumAlgorithm.SHA_256;
	}

	private static String suffix(Case given) {
		String suffix = text(given, "backup.suffix");
		return (suffix != null) ? suffix : ".backup";
	}

	private static boolean is(Case given, String name) {
		return "true".equals(text(given, name));
	}

	private static @Nullable Integer number(Case given, String name) {
		String text = text(given, name);
		return (text != null) ? Integer.valueOf(text) : null;
	}

	private static <T extends Enum<T>> T constant(Case given, String name, T absent) {
		String text = text(given, name);
		return (text != null)
				? Enum.valueOf(absent.getDeclaringClass(), text.replace('-', '_').toUpperCase(Locale.ROOT)) : absent;
	}

	private static @Nullable String text(Case given, String name) {
		return given.find(name, String.class);
	}

}
