package io.atomicwrite.spring.autoconfigure;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.atomicwrite.spring.document.DocumentProperties;
import io.atomicwrite.spring.publication.PublicationProperties;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Refuses keys of managed directories and documents that are not known, before anything
 * is bound: Spring Boot ignores them, so a misspelled one would have no effect. Other
 * properties are none of its business.
 *
 * <p>
 * The environment variables of a process belong to many, and their names do not say where
 * a name ends: of them, only what is nearly a known key is refused.
 */
final class UnknownKeys implements BeanFactoryPostProcessor {

	private static final List<Group> GROUPS = List.of(
			new Group("atomicwrite.directories", "a managed directory", keys(AtomicWriteProperties.Directory.class),
					Set.of("require"), Set.of()),
			new Group("atomicwrite.documents", "a document", keys(DocumentProperties.class), Set.of(),
					Set.of("state-directory")),
			new Group("atomicwrite.publications", "a publication", keys(PublicationProperties.class), Set.of(),
					Set.of()));

	private final Environment environment;

	UnknownKeys(Environment environment) {
		this.environment = environment;
	}

	/**
	 * Checks the properties of the environment.
	 * @throws UnknownKeyException if there is an unknown key
	 */
	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				boolean variables = source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
				GROUPS.forEach((group) -> group.require(iterable, variables));
			}
		}
	}

	private static Set<String> keys(Class<? extends Record> properties) {
		return Arrays.stream(properties.getRecordComponents())
			.map(RecordComponent::getName)
			.map(DataObjectPropertyName::toDashedForm)
			.collect(Collectors.toUnmodifiableSet());
	}

	/**
	 * Properties of things that have names.
	 *
	 * @param prefix what stands before the names
	 * @param thing what has a name
	 * @param keys the keys of each
	 * @param maps those of them that have keys below
	 * @param own properties of all, which stand where the names do
	 */
	private record Group(String prefix, String thing, Set<String> keys, Set<String> maps, Set<String> own) {

		void require(IterableConfigurationPropertySource source, boolean variables) {
			ConfigurationPropertyName root = ConfigurationPropertyName.of(this.prefix);
			source.stream().filter(root::isAncestorOf).sorted().forEach((name) -> {
				boolean known = variables ? isVariable(name) : isKnown(name);
				Optional<String> likely = known ? Optional.empty() : likely(name);
				if (!known && (likely.isPresent() || !variables)) {
					throw new UnknownKeyException(name.toString(), source.getConfigurationProperty(name), likely,
							this.thing, words());
				}
			});
		}

		private int names() {
			return ConfigurationPropertyName.of(this.prefix).getNumberOfElements();
		}

		private boolean isKnown(ConfigurationPropertyName name) {
			int place = names();
			int length = name.getNumberOfElements();
			if (length == place + 1) {
				return isIn(this.own, element(name, place));
			}
			String key = element(name, place + 1);
			return (length == place + 2) ? isIn(this.keys, key) : isIn(this.maps, key);
		}

		/** A dash is a dot or nothing in a variable, and a name may have dashes. */
		private boolean isVariable(ConfigurationPropertyName name) {
			int length = name.getNumberOfElements();
			if (isIn(this.own, joined(name, names(), length))) {
				return true;
			}
			return Stream.iterate(names() + 1, (from) -> from < length, (from) -> from + 1)
				.map((from) -> joined(name, from, length))
				.anyMatch((key) -> isIn(this.keys, key) || this.maps.stream().anyMatch(key::startsWith));
		}

		private Optional<String> likely(ConfigurationPropertyName name) {
			int place = names();
			int last = name.getNumberOfElements() - 1;
			if (last == place) {
				return nearest(this.own, element(name, place)).map((key) -> this.prefix + "." + key);
			}
			Optional<String> key = nearest(this.keys, element(name, last));
			return (last == place + 1) ? key.map((near) -> name.getParent() + "." + near)
					: key.map((near) -> this.prefix + "[" + dotted(name, place, last) + "]." + near);
		}

		/** A name with dots, as it was probably meant. */
		private static String dotted(ConfigurationPropertyName name, int from, int to) {
			return IntStream.range(from, to)
				.mapToObj((i) -> name.getElement(i, Form.ORIGINAL))
				.collect(Collectors.joining("."));
		}

		private String words() {
			return this.keys.stream()
				.map((key) -> this.maps.contains(key) ? key + ".<guarantee>" : key)
				.sorted()
				.collect(Collectors.joining(", "));
		}

		private static boolean isIn(Set<String> keys, String uniform) {
			return keys.stream().anyMatch((key) -> uniform(key).equals(uniform));
		}

		private static String element(ConfigurationPropertyName name, int index) {
			return name.getElement(index, Form.UNIFORM);
		}

		private static String joined(ConfigurationPropertyName name, int from, int to) {
			StringBuilder joined = new StringBuilder();
			for (int i = from; i < to; i++) {
				joined.append(element(name, i));
			}
			return joined.toString();
		}

		private static String uniform(String key) {
			return key.replace("-", "");
		}

		private static Optional<String> nearest(Set<String> keys, String uniform) {
			Map<String, Integer> distances = new TreeMap<>();
			keys.forEach((key) -> distances.put(key, EditDistance.of(uniform(key), uniform)));
			return distances.entrySet()
				.stream()
				.filter((entry) -> entry.getValue() <= Math.min(2, uniform(entry.getKey()).length() / 3))
				.min(Comparator.comparing(Map.Entry::getValue))
				.map(Map.Entry::getKey);
		}

	}

}
