package io.atomicwrite.spring.autoconfigure;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Misspelled keys of directories and documents.
 */
class UnknownKeysTests {

	@TempDir
	private Path directory;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(AtomicWriteAutoConfiguration.class));

	@ParameterizedTest
	@CsvSource({ "atomicwrite.directories.t.pth, atomicwrite.directories.t.path",
			"atomicwrite.directories.t.require-mout, atomicwrite.directories.t.require-mount",
			"atomicwrite.directories[my data].paht, atomicwrite.directories[my data].path",
			"atomicwrite.directories.a.b.path, atomicwrite.directories[a.b].path",
			"atomicwrite.documents.settings.quiet-perod, atomicwrite.documents.settings.quiet-period",
			"atomicwrite.documents.settings.unknown-field, atomicwrite.documents.settings.unknown-fields",
			"atomicwrite.documents.state-directry, atomicwrite.documents.state-directory",
			"atomicwrite.publications.dataset.keeep, atomicwrite.publications.dataset.keep",
			"atomicwrite.publications.dataset.directry, atomicwrite.publications.dataset.directory" })
	void aMisspelledKeyFailsWithTheLikelyName(String misspelled, String likely) {
		FailureAnalysis analysis = failure(misspelled + "=secret");
		assertThat(analysis.getDescription()).contains("The property '" + misspelled + "'").doesNotContain("secret");
		assertThat(analysis.getAction()).contains("Write '" + likely + "'.");
	}

	@Test
	void aKeyThatIsLikeNoneFailsWithAllThatThereAre() {
		assertThat(failure("atomicwrite.directories.t.colour=red").getAction())
			.isEqualTo("Remove or correct it. The keys of a managed directory are create, path, require-mount, "
					+ "require.<guarantee>. A name with dots goes in brackets, as in [a.b].");
		assertThat(failure("atomicwrite.directories.t.path.x=/tmp").getAction()).startsWith("Remove or");
	}

	@Test
	void thePlaceOfTheKeyIsNamed() {
		FailureAnalysis analysis = Analyses.ofStart(this.runner, "atomicwrite.directories.t.pth=/tmp");
		assertThat(analysis.getDescription()).contains("\"atomicwrite.directories.t.pth\" from property source");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "atomicwrite.directories.t.requireMount=false", "atomicwrite.directories.t.REQUIRE_MOUNT=false",
					"atomicwrite.directories.t.require.crash-durability=unsupported",
					"atomicwrite.directories.t.require.writerExclusion=unsupported",
					"atomicwrite.documents.settings.quietPeriod=1s", "atomicwrite.documents.settings.MAX_SIZE=1MB",
					"atomicwrite.documents.[a.b].path=x.json", "atomicwrite.documents.stateDirectory=x",
					"atomicwrite.documents.state-directory.path=x.json", "atomicwrite.mine.directories.t.pth=1",
					"atomicwrite.directoriesoftheirs.t.pth=1", "my.atomicwrite.directories.t.pth=1",
					"atomicwrite.publicationsoftheirs.t.keeep=1" })
	void everySpellingOfAKnownKeyAndEveryOtherPropertyPasses(String property) {
		this.runner.withPropertyValues("atomicwrite.directories.t.path=" + this.directory, property)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@ParameterizedTest
	@ValueSource(strings = { "ATOMICWRITE_DIRECTORIES_T_REQUIREMOUNT", "ATOMICWRITE_DOCUMENTS_SETTINGS_QUIETPERIOD",
			"ATOMICWRITE_DOCUMENTS_SETTINGS_QUIET_PERIOD", "ATOMICWRITE_DOCUMENTS_MY_SETTINGS_QUIET_PERIOD",
			"ATOMICWRITE_DOCUMENTS_STATEDIRECTORY", "ATOMICWRITE_DOCUMENTS_STATE_DIRECTORY",
			"ATOMICWRITE_DOCUMENTS_SERVICE_HOST", "ATOMICWRITE_DOCUMENTS_PORT_8080_TCP_PROTO" })
	void everySpellingOfAVariablePassesAsDoVariablesOfOthers(String variable) {
		withVariable(variable, variable.endsWith("MOUNT") ? "false" : variable.contains("PERIOD") ? "1s" : "x")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void aMisspelledVariableFails() {
		withVariable("ATOMICWRITE_DIRECTORIES_T_PTH", "x").run((context) -> assertThat(context).getFailure()
			.hasMessageContaining("atomicwrite.directories.t.pth is not known; atomicwrite.directories.t.path"));
	}

	@Test
	void nothingIsCheckedWhereNothingIsConfigured() {
		this.runner.withPropertyValues("atomicwrite.enabled=false", "atomicwrite.directories.t.pth=x")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	private ApplicationContextRunner withVariable(String variable, String value) {
		return this.runner.withPropertyValues("atomicwrite.directories.t.path=" + this.directory)
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addLast(new SystemEnvironmentPropertySource("test-systemEnvironment", Map.of(variable, value))));
	}

	private FailureAnalysis failure(String property) {
		return Analyses.ofStart(this.runner.withPropertyValues("atomicwrite.directories.t.path=" + this.directory),
				property);
	}

}
