package io.atomicwrite.spring.metrics;

import java.nio.file.Files;
import java.nio.file.Path;

import io.atomicwrite.core.AtomicFileTemplate;
import io.atomicwrite.spring.autoconfigure.AtomicWriteAutoConfiguration;
import io.atomicwrite.spring.autoconfigure.metrics.AtomicWriteMetricsAutoConfiguration;
import io.atomicwrite.spring.autoconfigure.metrics.AtomicWriteObservationAutoConfiguration;
import io.atomicwrite.test.Forks;
import io.atomicwrite.test.RequiresCommand;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.prometheus.PrometheusMetricsExportAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The linter of Prometheus finds nothing to say about a scrape.
 */
@Forks
@RequiresCommand("promtool")
class PromtoolTests {

	@TempDir
	private Path directory;

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void scrapeIsClean(boolean observed) {
		ApplicationContextRunner runner = new ApplicationContextRunner()
			.withPropertyValues("atomicwrite.directories.data.path=" + this.directory.resolve("data"),
					"atomicwrite.backup.enabled=true", "atomicwrite.backup.directory=backups",
					"management.metrics.distribution.percentiles-histogram.atomicwrite.write=true")
			.withConfiguration(AutoConfigurations.of(AtomicWriteAutoConfiguration.class,
					AtomicWriteMetricsAutoConfiguration.class, AtomicWriteObservationAutoConfiguration.class,
					MetricsAutoConfiguration.class, PrometheusMetricsExportAutoConfiguration.class));
		(observed ? runner.withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class)) : runner)
			.run((context) -> {
				context.getBean(AtomicFileTemplate.class).writeString(this.directory.resolve("data/a.txt"), "abc");
				Path scrape = Files.writeString(this.directory.resolve("scrape"),
						context.getBean(PrometheusMeterRegistry.class).scrape());
				Path answer = this.directory.resolve("answer");
				Process promtool = new ProcessBuilder("promtool", "check", "metrics").redirectInput(scrape.toFile())
					.redirectErrorStream(true)
					.redirectOutput(answer.toFile())
					.start();
				assertThat(promtool.waitFor()).as(Files.readString(answer)).isZero();
				assertThat(answer).isEmptyFile();
			});
	}

}
