package io.atomicwrite.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.NodePath;
import com.networknt.schema.path.PathType;
import io.atomicwrite.format.MalformedContentException;
import io.atomicwrite.format.syntax.Grammar;
import io.atomicwrite.format.syntax.Trees;
import io.atomicwrite.fs.FileOps;
import org.jspecify.annotations.Nullable;

/**
 * Validates by a JSON Schema, in JSON or another format that can hold one. Its library is
 * loaded with this class. Nothing is fetched from elsewhere.
 */
final class SchemaCheck {

	private static final int MOST_NAMED = 5;

	private final String file;

	private final Schema schema;

	private SchemaCheck(String file, Schema schema) {
		this.file = file;
		this.schema = schema;
	}

	/** Reads a schema. */
	static SchemaCheck of(String file) throws IOException {
		// the library logs by an interface without an implementation here
		System.setProperty("slf4j.internal.verbosity", "ERROR");
		DataFormat format = DataFormat.ofFile(file);
		Object tree;
		try (Input in = Input.of(FileOps.system(), file)) {
			tree = ((format != null) ? format : DataFormat.JSON).grammar()
				.read(in.readAtMost(DataFormat.mostBytes()))
				.tree();
		}
		catch (MalformedContentException ex) {
			throw ContentEdit.malformed((format != null) ? format : DataFormat.JSON, ex).about(file);
		}
		if (!(tree instanceof Map)) {
			throw unusable(file, "it is no map");
		}
		try {
			return new SchemaCheck(file, schema(file, tree));
		}
		catch (SchemaException ex) {
			throw unusable(file, reason(ex));
		}
	}

	private static Schema schema(String file, Object tree) {
		SchemaRegistryConfig config = SchemaRegistryConfig.builder()
			.locale(Locale.ENGLISH)
			.pathType(PathType.JSON_POINTER)
			.build();
		SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12,
				(builder) -> builder.schemaRegistryConfig(config));
		String json = Json.ofTree(tree);
		Object declared = Trees.map(tree).get("$schema");
		String dialect = (declared instanceof String text) ? text : SpecificationVersion.DRAFT_2020_12.getDialectId();
		List<Error> errors = registry.getSchema(SchemaLocation.of(dialect)).validate(json, InputFormat.JSON);
		if (!errors.isEmpty()) {
			throw unusable(file, errors.get(0).getInstanceLocation() + ": " + errors.get(0).getMessage());
		}
		Schema schema = registry.getSchema(json, InputFormat.JSON);
		schema.initializeValidators();
		return schema;
	}

	private static String reason(SchemaException ex) {
		String line = String.valueOf(ex.getMessage()).lines().findFirst().orElse("");
		// what is not found is said by the name of an exception alone
		return line.replaceFirst("^[\\w.]+FileNotFoundException: ", "not found: ")
			.replaceFirst("^[\\w.]+Exception: ", "");
	}

	private static Failure unusable(String file, String why) {
		return Failure.of(file, "is no JSON Schema that can be used: " + why,
				"nothing was written; what it refers to must be in the same file");
	}

	/** Fails if a text violates the schema. */
	void check(Grammar.Parsed parsed) {
		List<Error> errors;
		try {
			errors = this.schema.validate(Json.ofTree(parsed.tree()), InputFormat.JSON);
		}
		catch (SchemaException ex) {
			throw unusable(this.file, reason(ex));
		}
		if (errors.isEmpty()) {
			return;
		}
		List<String> violations = new ArrayList<>();
		for (Error error : errors.subList(0, Math.min(errors.size(), MOST_NAMED))) {
			violations.add(violation(parsed, error.getInstanceLocation(), error.getMessage()));
		}
		String more = (errors.size() > MOST_NAMED) ? "; and " + (errors.size() - MOST_NAMED) + " more" : "";
		throw Failure.of("", "would violate " + this.file + ": " + String.join("; ", violations) + more,
				"the file is as it was; lines are those of the new content, which --diff --dry-run shows without --schema");
	}

	private static String violation(Grammar.Parsed parsed, NodePath location, @Nullable String message) {
		List<Object> path = new ArrayList<>();
		for (int i = 0; i < location.getNameCount(); i++) {
			path.add(location.getElement(i));
		}
		MalformedContentException place = parsed.malformed(path, "");
		return ((path.isEmpty()) ? "" : location + " ") + "(line " + place.line() + ", column " + place.column() + ") "
				+ message;
	}

}
