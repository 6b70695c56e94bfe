package io.atomicwrite.spring.config;

import java.util.Objects;

import io.atomicwrite.spring.config.ImportProblem.Kind;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.validation.FieldError;
import org.springframework.validation.ObjectError;

/**
 * Words why properties can't be bound, with their place in the file and without the
 * values that Spring's messages quote.
 */
final class BindProblem {

	private BindProblem() {
	}

	static ImportProblem of(BindException failure, String description) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof BindValidationException invalid) {
				return of(invalid, description);
			}
		}
		String name = String.valueOf(failure.getName());
		Class<?> type = failure.getTarget().getType().resolve(Object.class);
		Origin origin = Origin.from((failure.getProperty() != null) ? failure.getProperty() : failure);
		return at(origin, description,
				(failure.getProperty() != null)
						? "the value of '" + name + "' does not fit the type " + type.getSimpleName()
						: "the properties '" + name + "' can't be bound to " + type.getName());
	}

	private static ImportProblem of(BindValidationException invalid, String description) {
		String prefix = String.valueOf(invalid.getValidationErrors().getName());
		StringBuilder message = new StringBuilder();
		Origin first = null;
		for (ObjectError error : invalid.getValidationErrors()) {
			first = (first != null) ? first : Origin.from(error);
			message.append(message.isEmpty() ? "" : "; ")
				.append("'")
				.append((error instanceof FieldError field) ? prefix + "." + field.getField() : prefix)
				.append("' ")
				.append(Objects.requireNonNullElse(error.getDefaultMessage(), "is not valid"));
		}
		return at(first, description, message.toString());
	}

	private static ImportProblem at(@Nullable Origin origin, String description, String message) {
		Origin found = origin;
		while (found instanceof PropertySourceOrigin wrapper) {
			found = wrapper.getOrigin();
		}
		if (found instanceof TextResourceOrigin text && text.getResource() != null && text.getLocation() != null
				&& text.getResource().getDescription().equals(description)) {
			return new ImportProblem(Kind.NOT_BINDABLE, text.getLocation().getLine() + 1,
					text.getLocation().getColumn() + 1, message);
		}
		return new ImportProblem(Kind.NOT_BINDABLE, 0, 0, message + ((found != null) ? " (" + found + ")" : ""));
	}

}
