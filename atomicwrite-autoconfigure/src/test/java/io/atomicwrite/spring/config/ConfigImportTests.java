package io.atomicwrite.spring.config;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;

import io.atomicwrite.backup.BackupPolicy;
import io.atomicwrite.checksum.ChecksumAlgorithm;
import io.atomicwrite.checksum.ChecksumPolicy;
import io.atomicwrite.checksum.Version;
import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.document.AtomicDocument;
import io.atomicwrite.document.DocumentOptions;
import io.atomicwrite.format.TypeReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code spring.config.import=atomicfile:} reads when an application starts.
 */
@ExtendWith(OutputCaptureExtension.class)
class ConfigImportTests {

	@TempDir
	private Path directory;

	@Test
	void yamlHasTheMeaningAndTheOriginsOfSpringBoot() throws Exception {
		Path file = file("app.yaml", """
				# of the shop
				shop:
				  name: Größe
				  open: yes
				  hosts: [a, b]
				---
				shop:
				  name: second
				""");
		ImportedEnvironment imported = imported(file);
		assertThat(imported.get("shop.name")).isEqualTo("second");
		assertThat(imported.get("shop.open", Boolean.class)).isTrue();
		assertThat(imported.get("shop.hosts[1]")).isEqualTo("b");
		assertThat(imported.origin("shop.name")).isEqualTo("atomicfile [" + file + "] - 8:9");
		assertThat(imported.origin("shop.hosts[1]")).isEqualTo("atomicfile [" + file + "] - 5:14");
	}

	@Test
	void aDocumentForAnotherProfileIsNotActive() throws Exception {
		Path file = file("app.yml", """
				a: 1
				---
				spring.config.activate.on-profile: prod
				a: 2
				""");
		ImportedEnvironment imported = imported(file);
		assertThat(imported.get("a")).isEqualTo("1");
		imported = imported(file, "spring.profiles.active=prod");
		assertThat(imported.get("a")).isEqualTo("2");
	}

	@Test
	void propertiesAreUtf8AndTheirColumnsCountCharacters() throws Exception {
		Path file = file("app.properties", """
				# größer
				größe.maß=Übermaß \\u00e9 😀
				a=1
				#---
				a=2
				""");
		ImportedEnvironment imported = imported(file);
		assertThat(imported.get("größe.maß")).isEqualTo("Übermaß é 😀");
		assertThat(imported.get("a")).isEqualTo("2");
		assertThat(imported.origin("größe.maß")).isEqualTo("atomicfile [" + file + "] - 2:11");
	}

	@Test
	void aByteOrderMarkIsNoPartOfTheFirstKey() throws Exception {
		for (String name : new String[] { "a.properties", "a.yaml", "a.json", "a.toml" }) {
			Path file = file(name, "\ufeff" + (name.endsWith("json") ? "{\"first\": \"x\"}"
					: name.endsWith("yaml") ? "first: x" : name.endsWith("toml") ? "first = 'x'" : "first=x"));
			ImportedEnvironment imported = imported(file);
			assertThat(imported.get("first")).as(name).isEqualTo("x");
		}
	}

	@Test
	void jsonHasOriginsTooAlsoWithTabs() throws Exception {
		Path file = file("app.json", "{\n\t\"shop\": {\n\t\t\"name\": \"a\\/\\ud83d\\ude00\", \"port\": 8080,\n"
				+ "\t\t\"hosts\": [{\"ip\": \"x\"}, null], \"rate\": 1.10, \"none\": {}\n\t}\n}\n");
		ImportedEnvironment imported = imported(file);
		assertThat(imported.get("shop.name")).isEqualTo("a/😀");
		assertThat(imported.get("shop.port", Integer.class)).isEqualTo(8080);
		assertThat(imported.get("shop.hosts[0].ip")).isEqualTo("x");
		assertThat(imported.get("shop.hosts[1]")).isEmpty();
		assertThat(imported.get("shop.rate")).isEqualTo("1.10");
		assertThat(imported.environment().containsProperty("shop.none")).isFalse();
		assertThat(imported.origin("shop.port")).isEqualTo("atomicfile [" + file + "] - 3:38");
	}

	@Test
	void tomlHasOriginsToo() throws Exception {
		Path file = file("app.toml", """
				title = 'x'
				[shop]
				since = 2026-11-28
				port = 0x1F90
				[[shop.hosts]]
				ip = "a"
				""");
		ImportedEnvironment imported = imported(file);
		assertThat(imported.get("shop.since")).isEqualTo("2026-11-28");
		assertThat(imported.get("shop.port")).isEqualTo("8080");
		assertThat(imported.get("shop.hosts[0].ip")).isEqualTo("a");
		assertThat(imported.origin("shop.hosts[0].ip")).isEqualTo("atomicfile [" + file + "] - 6:6");
	}

	@Test
	void aNameMayHaveSpacesAndARelativePathIsOfTheWorkingDirectory() throws Exception {
		Path directory = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "import");
		Path file = directory.resolve("my app.yaml");
		Files.writeString(file, "a: 1\n");
		ImportedEnvironment imported = ImportedEnvironment.of("spring.config.import=atomicfile:./x/../" + file);
		assertThat(imported.get("a")).isEqualTo("1");
		assertThat(imported.origin("a")).isEqualTo("atomicfile [" + file + "] - 1:4");
	}

	@Test
	void aMissingFileFailsUnlessItIsOptional() {
		Path missing = this.directory.resolve("missing.yaml");
		FailureAnalysis analysis = ImportedEnvironment.failure("spring.config.import=atomicfile:" + missing);
		assertThat(analysis.getDescription()).contains("'atomicfile:" + missing + "'").contains("does not exist");
		assertThat(analysis.getAction()).contains("optional:");
		assertThat(ImportedEnvironment.of("spring.config.import=optional:atomicfile:" + missing).file().status())
			.isEqualTo(ImportStatus.MISSING);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, textBlock = """
			atomicfile:|names no file|atomicfile:./config/app.yaml
			atomicfile:file:./app.yaml|can't be meant|Write ./app.yaml.
			atomicfile:classpath:app.yaml|can't be meant|not a URL
			atomicfile:~/app.yaml|can't be meant|${user.home}
			atomicfile:./config/*.yaml|Wildcards|by its name
			atomicfile:./config/|is a directory|configtree:
			atomicfile:./src.yaml.d/|is a directory|configtree:
			atomicfile:./app.conf|no extension that is known|.toml
			atomicfile:./app|no extension that is known|.toml
			""")
	void aLocationThatCantBeMeantIsExplained(String location, String reason, String action) {
		FailureAnalysis analysis = ImportedEnvironment.failure("spring.config.import=" + location);
		assertThat(analysis.getDescription()).contains(location).contains(reason);
		assertThat(analysis.getAction()).contains(action);
	}

	@Test
	void aDirectoryWithTheNameOfAFileIsExplained() throws Exception {
		Path directory = Files.createDirectory(this.directory.resolve("conf.yaml"));
		assertThat(ImportedEnvironment.failure("spring.config.import=atomicfile:" + directory).getDescription())
			.contains("is a directory");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			app.yaml|a: 1%nb: [secret%n|line 3, column 1
			app.yaml|a: 1%n%tb: secret%n|line 2, column 1
			app.yaml|a: 1%na: secret%n|line 2, column 1
			app.yaml|secret|line 1, column 1
			app.yaml|a: %c|line 1, column 4
			app.json|{"a": 1,%n "b": secret}|line 2, column 7
			app.json|["secret"]|line 1, column 1
			app.toml|a = 1%nb = secret%n|line 2, column 5
			app.properties|a=1%nb=secret\\u12%n|line 2, column 9
			""")
	void aMalformedFileIsExplainedWithLineAndColumnAndWithoutItsValues(String name, String content, String place)
			throws Exception {
		Path file = file(name,
				content.replace("%n", "\n").replace("%t", "\t").replace("%c", "\u0001").replace("\\\\", "\\"));
		FailureAnalysis analysis = ImportedEnvironment.failure("spring.config.import=atomicfile:" + file);
		assertThat(analysis.getDescription()).contains("The config file " + file)
			.contains("'atomicfile:" + file + "'")
			.contains("is malformed")
			.contains(place);
		assertThat(analysis.getAction()).contains(place);
		StringWriter trace = new StringWriter();
		Objects.requireNonNull(analysis.getCause()).printStackTrace(new PrintWriter(trace));
		assertThat(analysis.getDescription() + analysis.getAction() + trace).doesNotContain("secret");
	}

	@Test
	void whatIsNotUtf8IsExplainedWithLineAndColumn() throws Exception {
		Path file = this.directory.resolve("app.properties");
		Files.write(file, "a=1\nb=größer\n".getBytes(StandardCharsets.ISO_8859_1));
		assertThat(ImportedEnvironment.failure("spring.config.import=atomicfile:" + file).getDescription())
			.contains("line 2, column 5: this is not UTF-8");
	}

	@Test
	void aChainOfAliasesIsRefusedBeforeItIsResolved() throws Exception {
		StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
		for (int i = 1; i < 12; i++) {
			bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ", ").repeat(9)));
		}
		Path file = file("app.yaml", bomb.toString());
		assertThat(ImportedEnvironment.failure("spring.config.import=atomicfile:" + file).getDescription())
			.contains("a limit is exceeded");
		Path self = file("self.yaml", "a: &a [*a]\n");
		assertThat(ImportedEnvironment.failure("spring.config.import=atomicfile:" + self).getDescription())
			.contains("an alias refers to what contains it");
	}

	@Test
	void aFileThatIsTooLargeIsNotRead() throws Exception {
		Path file = file("app.yaml", "# " + "x".repeat(16 * 1024 * 1024) + "\na: 1\n");
		assertThat(ImportedEnvironment.failure("spring.config.import=atomicfile:" + file).getDescription())
			.contains("over the limit of 16777216");
	}

	@Test
	void theFileIsVerifiedByItsChecksum() throws Exception {
		Path file = this.directory.resolve("app.yaml");
		try (AtomicFileTemplate template = AtomicFileTemplate.create()) {
			template.writeString(file, "a: good\n", (options) -> options.checksum(sidecar()));
		}
		ImportedEnvironment imported = imported(file);
		assertThat(imported.get("a")).isEqualTo("good");
		Files.writeString(file, "a: [secret\n");
		FailureAnalysis analysis = ImportedEnvironment.failure("spring.config.import=atomicfile:" + file);
		assertThat(analysis.getDescription()).contains("The config file " + file)
			.contains("does not match its checksum")
			.containsPattern("expected: [0-9a-f]{64} \\(.*app.yaml.sha256\\)")
			.containsPattern("found:    [0-9a-f]{64}")
			.contains("malformed: line 2, column 1")
			.contains("last good: none")
			.doesNotContain("secret");
		assertThat(analysis.getAction()).contains("sha256sum app.yaml > app.yaml.sha256")
			.contains("'atomicwrite.config-import.verify'");
		Files.writeString(file, "a: edited\n");
		imported = imported(file, "atomicwrite.config-import.verify=off");
		assertThat(imported.get("a")).isEqualTo("edited");
	}

	@Test
	void aHiddenSidecarAndAnAttributeVerifyToo() throws Exception {
		Path file = file("app.yaml", "a: 1\n");
		Files.writeString(this.directory.resolve(".app.yaml.sha256"), "0".repeat(64) + "  app.yaml\n");
		assertThat(ImportedEnvironment.failure("spring.config.import=atomicfile:" + file).getDescription())
			.contains(".app.yaml.sha256");
		Files.delete(this.directory.resolve(".app.yaml.sha256"));
		Files.setAttribute(file, "user:atomicwrite.sha256", "0".repeat(64).getBytes(StandardCharsets.US_ASCII));
		assertThat(ImportedEnvironment.failure("spring.config.import=atomicfile:" + file).getDescription())
			.contains("does not match its checksum");
	}

	@Test
	void aChecksumCanBeRequired() throws Exception {
		Path file = file("app.yaml", "a: 1\n");
		FailureAnalysis analysis = ImportedEnvironment.failure("spring.config.import=atomicfile:" + file,
				"atomicwrite.config-import.verify=required");
		assertThat(analysis.getDescription()).contains("has no checksum")
			.contains("'atomicwrite.config-import.verify'");
		assertThat(analysis.getAction()).contains("to if-present");
	}

	@Test
	void aCorruptFileWithALastGoodVersionStartsWithAWarning(CapturedOutput log) throws Exception {
		Path file = corruptWithBackup();
		ImportedEnvironment imported = imported(file);
		assertThat(imported.get("a")).isEqualTo("first");
		assertThat(log.getOut().lines().filter((line) -> line.contains("WARN"))).singleElement()
			.asString()
			.contains(file.toString())
			.contains("does not match its checksum")
			.contains("last good version, " + file + ".backup")
			.containsPattern("[0-9]+ seconds? old")
			.contains("atomicwrite.config-import.when-corrupt");
		ImportedFile state = imported.file();
		assertThat(state.status()).isEqualTo(ImportStatus.LAST_GOOD);
		assertThat(state.source()).isEqualTo(Path.of(file + ".backup"));
		assertThat(state.problem()).map(ImportProblem::kind).contains(ImportProblem.Kind.CORRUPT);
		assertThat(file).as("the file is evidence").hasContent("a: edited\n");
		FailureAnalysis analysis = ImportedEnvironment.failure("spring.config.import=atomicfile:" + file,
				"atomicwrite.config-import.when-corrupt=fail");
		assertThat(analysis.getDescription()).contains("last good: " + file + ".backup")
			.containsPattern("[0-9]+ seconds? old");
		assertThat(analysis.getAction()).contains("set 'atomicwrite.config-import.when-corrupt' to last-good");
	}

	@Test
	void aBackupThatDoesNotVerifyIsNoLastGoodVersion() throws Exception {
		Path file = corruptWithBackup();
		Files.writeString(Path.of(file + ".backup"), "a: damaged\n");
		assertThat(ImportedEnvironment.failure("spring.config.import=atomicfile:" + file).getDescription())
			.contains("last good: none, as " + file + ".backup does not match its checksum");
	}

	@Test
	void theCopyOfALastValidContentComesBeforeBackupsAndCountsForAMalformedFileToo() throws Exception {
		Path file = corruptWithBackup();
		Path copy = good(file, "a: good\n");
		ImportedEnvironment imported = imported(file);
		assertThat(imported.get("a")).isEqualTo("good");
		assertThat(imported.origin("a")).isEqualTo("atomicfile [" + file + "] - 1:4");
		assertThat(imported.file().source()).isEqualTo(copy);
		Path malformed = file("other.json", "{\"a\": ");
		good(malformed, "{\"a\": 1}");
		imported = imported(malformed);
		assertThat(imported.get("a")).isEqualTo("1");
		Files.writeString(this.directory.resolve(".other.json.good"), "damaged", StandardOpenOption.APPEND);
		assertThat(ImportedEnvironment.failure("spring.config.import=atomicfile:" + malformed).getDescription())
			.contains("line 1, column 7")
			.contains(".other.json.good does not match its own digest");
	}

	@Test
	void theCopyInTheStateDirectoryOfDocumentsCountsToo() throws Exception {
		Path state = Files.createDirectory(this.directory.resolve("state"));
		Path file = file("app.yaml", "a: good\n");
		try (AtomicFileTemplate template = AtomicFileTemplate.create();
				AtomicDocument<Map<String, Object>> document = template.document(file,
						DocumentOptions.of(new TypeReference<Map<String, Object>>() {
						}).stateDirectory(state).build())) {
			document.update((old) -> Map.of("a", "better"));
			document.flush();
		}
		Files.writeString(file, "a: [\n");
		ImportedEnvironment imported = imported(file, "atomicwrite.documents.state-directory=" + state);
		assertThat(imported.get("a")).isEqualTo("better");
		assertThat(imported.file().source()).hasParentRaw(state);
		assertThat(ImportedEnvironment
			.failure("spring.config.import=atomicfile:" + file,
					"atomicwrite.documents.state-directory=" + this.directory.resolve("missing"))
			.getDescription()).contains("last good: none");
	}

	private Path good(Path file, String content) throws IOException {
		byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
		return file("." + file.getFileName() + ".good",
				"atomicwrite last-good 1 sha256=" + Version.of(bytes) + " schema=0\n" + content);
	}

	@Test
	void aPropertyOfTheImportWithAWrongValueIsExplained() throws Exception {
		Path file = file("app.yaml", "a: 1\n");
		FailureAnalysis analysis = ImportedEnvironment.failure("spring.config.import=atomicfile:" + file,
				"atomicwrite.config-import.when-corrupt=maybe");
		assertThat(analysis.getDescription()).contains("atomicwrite.config-import.when-corrupt").contains("maybe");
	}

	private Path corruptWithBackup() throws IOException {
		Path file = this.directory.resolve("app.yaml");
		try (AtomicFileTemplate template = AtomicFileTemplate.create()) {
			template.writeString(file, "a: first\n", (options) -> options.checksum(sidecar()));
			template.writeString(file, "a: second\n",
					(options) -> options.checksum(sidecar()).backup(BackupPolicy.single()));
		}
		Files.writeString(file, "a: edited\n");
		return file;
	}

	private static ChecksumPolicy sidecar() {
		return ChecksumPolicy.sidecar(ChecksumAlgorithm.SHA_256);
	}

	private Path file(String name, String content) throws IOException {
		return Files.writeString(this.directory.resolve(name), content);
	}

	private static ImportedEnvironment imported(Path file, String... more) {
		String[] properties = new String[more.length + 1];
		properties[0] = "spring.config.import=atomicfile:" + file;
		System.arraycopy(more, 0, properties, 1, more.length);
		return ImportedEnvironment.of(properties);
	}

}
