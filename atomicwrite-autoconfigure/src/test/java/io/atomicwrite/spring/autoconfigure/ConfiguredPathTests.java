package io.atomicwrite.spring.autoconfigure;

import java.nio.file.Path;
import java.util.List;

import io.atomicwrite.spring.directory.ConfiguredPath;
import io.atomicwrite.spring.directory.ManagedDirectories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What can't be meant as a path is refused with the right spelling, and never created in
 * the working directory.
 */
@ExtendWith(OutputCaptureExtension.class)
class ConfiguredPathTests {

	@TempDir
	private Path directory;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withPropertyValues("atomicwrite.housekeeping.enabled=false")
		.withConfiguration(AutoConfigurations.of(AtomicWriteAutoConfiguration.class));

	@ParameterizedTest
	@CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, quoteCharacter = '§', textBlock = """
			~/data|Write ${user.home}/data
			~|Write ${user.home}
			~user/x|home directory of user in full
			~user|home directory of user in full
			file:./data|Write ./data.
			file:data|Write data.
			file:/x|Write /x.
			file:///x|Write /x.
			FILE:///x|Write /x.
			file://host/x|not a URL
			file:|not a URL
			classpath:data|not a URL
			classpath*:data|not a URL
			jar:file:/a.jar!/data|not a URL
			https://host/data|not a URL
			s3://bucket/data|not a URL
			smb:data|not a URL
			C:\\data|path of Windows
			c:/data|path of Windows
			D:|path of Windows
			\\\\host\\share|share of Windows
			var\\data|Write var/data.
			data |Write data.
			 data|Write data.
			?/x|the system property user.home
			?|the system property user.home
			"data"|Write data.
			'data'|Write data.
			"data|Write data.
			data'|Write data.
			${nothing}/x|The placeholder ${nothing} has no value
			/srv/${nothing}|The placeholder ${nothing} has no value
			${broken/x|placeholder
			$HOME/x|Write ${HOME}
			/srv/$USER|Write ${USER}
			$(pwd)/x|is not expanded
			`pwd`/x|is not expanded
			%HOME%/x|Write ${HOME}
			#{systemProperties}/x|is not expanded
			@project.basedir@/x|Write ${project.basedir}
			""" + "data\u2028x|U+2028\n")
	void isRefusedWithTheRightSpelling(String path, String spelling) {
		for (String property : List.of("atomicwrite.directories.data.path", "atomicwrite.base-directory",
				"atomicwrite.backup.directory")) {
			assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class).as(property)
				.isThrownBy(() -> ConfiguredPath.parse(property, path))
				.satisfies((ex) -> {
					assertThat(ex.getName()).isEqualTo(property);
					assertThat(ex.getReason()).contains(spelling).endsWith(".");
				});
		}
	}

	@Test
	void charactersThatNobodySeesAreRefused() {
		for (char invisible : new char[] { 0x00, 0x07, 0x09, 0x0A, 0x0D, 0x7F, 0x85, 0x200B, 0x2028, 0x2029, 0xFEFF }) {
			assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
				.isThrownBy(() -> ConfiguredPath.parse("property", "da" + invisible + "ta"))
				.satisfies((ex) -> assertThat(ex.getReason()).contains("U+%04X".formatted((int) invisible)));
		}
		assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
			.isThrownBy(() -> ConfiguredPath.parse("property", "data" + (char) 0xA0))
			.satisfies((ex) -> assertThat(ex.getReason()).contains("Write data."));
	}

	@ParameterizedTest
	@ValueSource(strings = { "data", "./data", "../data", "/srv/data", "./~data", "a~b", "data~", "/srv/my data/x",
			"a:b", "ab:c/d", "100%", "50%-50%", "a$", "us$/x", "a@b.c/x", ".", "/", "it's/x", "何/データ", "data?x",
			"#tag/x", "a=b" })
	void whatCanBeMeantIsTaken(String path) {
		assertThat(ConfiguredPath.parse("property", path)).isEqualTo(Path.of(path));
	}

	@Test
	void theAnalysisNamesThePropertyAndNothingIsCreated() {
		for (String property : List.of("atomicwrite.directories.data.path", "atomicwrite.base-directory",
				"atomicwrite.backup.directory")) {
			FailureAnalysis analysis = Analyses.ofStart(this.runner.withSystemProperties("nobodys.home=?"),
					property + "=${nobodys.home}/x");
			assertThat(analysis.getDescription()).contains(property).contains("nobodys.home").contains("user.home");
		}
		assertThat(Path.of("?")).doesNotExist();
	}

	@Test
	void eachDirectoryThatIsCreatedIsLogged(CapturedOutput log) {
		Path missing = this.directory.resolve("a/b");
		this.runner
			.withPropertyValues("atomicwrite.directories.data.path=" + missing,
					"atomicwrite.directories.other1.path=" + this.directory)
			.run((context) -> assertThat(context.getBean(ManagedDirectories.class).all()).hasSize(2));
		assertThat(log.getOut().lines().filter((line) -> line.contains("Created the managed directory")))
			.singleElement()
			.asString()
			.contains("'data' (" + missing + ") below " + this.directory);
	}

}
