package io.atomicwrite.spring.metrics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/**
 * What Prometheus gets: the series of atomicwrite with their values, and the text about
 * each metric.
 *
 * @param series the values by name and labels, such as {@code a_total{b="c"}}
 * @param help the description of each metric
 * @param types the type of each metric
 */
record Scrape(Map<String, Double> series, Map<String, String> help, Map<String, String> types) {

	private static final Pattern SAMPLE = Pattern.compile("(\\S+?(?:\\{.*\\})?) (\\S+)");

	static Scrape of(PrometheusMeterRegistry registry) {
		Scrape scrape = new Scrape(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>());
		registry.scrape().lines().filter((line) -> line.contains("atomicwrite_")).forEach(scrape::add);
		return scrape;
	}

	private void add(String line) {
		String[] words = line.split(" ", 4);
		if (line.startsWith("# HELP ")) {
			this.help.put(words[2], (words.length > 3) ? words[3] : "");
		}
		else if (line.startsWith("# TYPE ")) {
			this.types.put(words[2], words[3]);
		}
		else {
			Matcher sample = SAMPLE.matcher(line);
			if (!sample.matches()) {
				throw new IllegalArgumentException(line);
			}
			this.series.put(sample.group(1), Double.valueOf(sample.group(2).replace("Inf", "Infinity")));
		}
	}

	double value(String name) {
		Double value = this.series.get(name);
		if (value == null) {
			throw new IllegalArgumentException(name + " is none of " + this.series.keySet());
		}
		return value;
	}

	List<String> names(Predicate<String> wanted) {
		List<String> names = new ArrayList<>(this.series.keySet());
		names.removeIf(wanted.negate());
		return names;
	}

	long seriesOf(String directory) {
		return names((name) -> name.contains("directory=\"" + directory + "\"")).size();
	}

	/** The names of the labels of a series, which may be several times there. */
	TreeSet<String> labels(String metric) {
		TreeSet<String> labels = new TreeSet<>();
		for (String name : names((one) -> one.startsWith(metric + "{"))) {
			Matcher label = Pattern.compile("([a-z_]+)=\"").matcher(name);
			while (label.find()) {
				labels.add(label.group(1));
			}
		}
		return labels;
	}

}
