package io.atomicwrite.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What others can compile against: a line for each public type, and one for each of its
 * members that they can use or must implement, with types, nullness, exceptions and the
 * values of constants. A line says all that its users depend on, so a line that changes
 * is one that went away.
 *
 * @param lines the lines, sorted
 */
public record PublicApi(List<String> lines) {

	private static final int NOT_OF_SOURCE = 0x1000;

	private static final int BRIDGE = Modifier.VOLATILE;

	/**
	 * Returns the API of a module.
	 * @param type any type of it, whose class file is in a directory
	 * @return its API
	 */
	public static PublicApi ofModuleOf(Class<?> type) {
		try {
			Path classes = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
			return of(classes, type.getClassLoader());
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Returns the API of the class files of a directory.
	 * @param classes the directory
	 * @param loader loads them
	 * @return their API
	 */
	public static PublicApi of(Path classes, ClassLoader loader) {
		try (Stream<Path> files = Files.walk(classes)) {
			Collection<String> lines = new TreeSet<>();
			files.map((file) -> classes.relativize(file).toString())
				// what a release of Java replaces has the API of what it replaces
				.filter((name) -> !name.startsWith("META-INF"))
				.filter((name) -> name.endsWith(".class") && !name.endsWith("-info.class"))
				.map((name) -> load(name.substring(0, name.length() - ".class".length()).replace('/', '.'), loader))
				.filter(PublicApi::isAccessible)
				.forEach((type) -> lines.addAll(lines(type)));
			return new PublicApi(List.copyOf(lines));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns what code for an earlier API can miss in this one: lines that are gone, and
	 * methods that an implementation of an earlier type would have to add.
	 * @param earlier the earlier API
	 * @return the breaks, empty if there is none
	 */
	public List<String> breaksOf(PublicApi earlier) {
		Set<String> now = Set.copyOf(this.lines);
		Set<String> before = Set.copyOf(earlier.lines);
		Set<String> typesBefore = before.stream().map(PublicApi::typeOf).collect(Collectors.toSet());
		List<String> breaks = new ArrayList<>();
		earlier.lines.stream().filter((line) -> !now.contains(line)).map("gone: "::concat).forEach(breaks::add);
		this.lines.stream()
			.filter((line) -> !before.contains(line) && line.contains("#") && line.contains(" abstract "))
			.filter((line) -> typesBefore.contains(typeOf(line)))
			.map("to be implemented: "::concat)
			.forEach(breaks::add);
		return breaks;
	}

	private static String typeOf(String line) {
		return line.substring(0, line.indexOf(line.contains("#") ? '#' : ' '));
	}

	private static Class<?> load(String name, ClassLoader loader) {
		try {
			return Class.forName(name, false, loader);
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static boolean isAccessible(Class<?> type) {
		for (Class<?> next = type; next != null; next = next.getDeclaringClass()) {
			if (!isOffered(next.getModifiers()) || next.isAnonymousClass() || next.isLocalClass()) {
				return false;
			}
		}
		return true;
	}

	private static boolean isOffered(int modifiers) {
		return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
	}

	private static List<String> lines(Class<?> type) {
		List<String> lines = new ArrayList<>();
		lines.add(type.getName() + " " + header(type));
		boolean closed = Modifier.isFinal(type.getModifiers()) || type.isSealed();
		members(type.getDeclaredConstructors(), closed)
			.forEach((constructor) -> lines.add(type.getName() + "#" + line(constructor, type)));
		for (Class<?> source : sources(type)) {
			members(source.getDeclaredFields(), closed)
				.forEach((field) -> lines.add(type.getName() + "#" + line(field)));
			members(source.getDeclaredMethods(), closed).filter((method) -> !isOfEveryEnum(method, type))
				.forEach((method) -> lines.add(type.getName() + "#" + line(method, closed)));
		}
		return lines;
	}

	/** The type, and the hidden types whose members it offers as its own. */
	private static List<Class<?>> sources(Class<?> type) {
		List<Class<?>> sources = new ArrayList<>(List.of(type));
		Stream.concat(Stream.ofNullable(type.getSuperclass()), Arrays.stream(type.getInterfaces()))
			.filter((base) -> !isAccessible(base))
			.forEach((base) -> sources.addAll(sources(base)));
		return sources;
	}

	private static <T extends Member> Stream<T> members(T[] members, boolean closed) {
		return Arrays.stream(members)
			.filter((member) -> Modifier.isPublic(member.getModifiers())
					|| (Modifier.isProtected(member.getModifiers()) && !closed))
			.filter((member) -> (member.getModifiers() & NOT_OF_SOURCE) == 0)
			.filter((member) -> !(member instanceof Method) || (member.getModifiers() & BRIDGE) == 0);
	}

	private static boolean isOfEveryEnum(Method method, Class<?> type) {
		return type.isEnum() && (method.getName().equals("values") || method.getName().equals("valueOf"));
	}

	private static String header(Class<?> type) {
		StringBuilder header = new StringBuilder();
		int modifiers = type.getModifiers();
		header.append(Modifier.isProtected(modifiers) ? "protected " : "");
		header.append(type.isSealed() ? "sealed " : "");
		header.append((Modifier.isAbstract(modifiers) && !type.isInterface() && !type.isEnum()) ? "abstract " : "");
		header.append((Modifier.isFinal(modifiers) && !type.isRecord() && !type.isEnum()) ? "final " : "");
		header.append(kind(type)).append(TypeText.parameters(type));
		Class<?> base = belowOffered(type);
		if (base.getSuperclass() != null && base.getSuperclass() != Object.class && !type.isRecord()
				&& !type.isEnum()) {
			header.append(" extends ").append(TypeText.of(base.getAnnotatedSuperclass()));
		}
		AnnotatedType[] interfaces = Stream
			.<Class<?>>iterate(type, (next) -> next != base.getSuperclass(), Class::getSuperclass)
			.flatMap((next) -> Arrays.stream(next.getAnnotatedInterfaces()))
			.toArray(AnnotatedType[]::new);
		if (interfaces.length > 0) {
			header.append(" implements ").append(TypeText.of(interfaces, ", "));
		}
		return header.toString();
	}

	/** The type, or the last of the hidden types that it extends. */
	private static Class<?> belowOffered(Class<?> type) {
		Class<?> base = type;
		while (base.getSuperclass() != null && !isAccessible(base.getSuperclass())) {
			base = base.getSuperclass();
		}
		return base;
	}

	private static String kind(Class<?> type) {
		if (type.isAnnotation()) {
			return "annotation";
		}
		if (type.isInterface()) {
			return "interface";
		}
		return type.isEnum() ? "enum" : type.isRecord() ? "record" : "class";
	}

	private static String line(Field field) {
		String line = field.getName() + ": " + modifiers(field) + TypeText.of(field.getAnnotatedType());
		return line + constant(field);
	}

	/** The compiler copies the value of a constant into the code that uses it. */
	private static String constant(Field field) {
		boolean constant = Modifier.isStatic(field.getModifiers()) && Modifier.isFinal(field.getModifiers())
				&& Modifier.isPublic(field.getModifiers())
				&& (field.getType().isPrimitive() || field.getType() == String.class);
		try {
			// a public type inherits it from one that is not
			field.setAccessible(constant);
			return constant ? " = " + field.get(null) : "";
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String line(Constructor<?> constructor, Class<?> type) {
		return "new" + TypeText.parameters(constructor) + "(" + arguments(constructor) + "): " + modifiers(constructor)
				+ type.getSimpleName() + exceptions(constructor);
	}

	private static String line(Method method, boolean closed) {
		String marks = modifiers(method);
		// nobody can implement it elsewhere
		marks = (closed && !method.getDeclaringClass().isAnnotation()) ? marks.replace(" abstract ", " ") : marks;
		boolean needless = method.getDeclaringClass().isAnnotation() && method.getDefaultValue() != null;
		marks = needless ? marks.replace(" abstract ", " default ") : marks;
		return method.getName() + TypeText.parameters(method) + "(" + arguments(method) + "):" + marks
				+ TypeText.of(method.getAnnotatedReturnType()) + exceptions(method);
	}

	private static String arguments(Executable executable) {
		String arguments = TypeText.of(executable.getAnnotatedParameterTypes(), ", ");
		return executable.isVarArgs() ? arguments.substring(0, arguments.length() - "[]".length()) + "..." : arguments;
	}

	private static String exceptions(Executable executable) {
		String exceptions = TypeText.of(executable.getAnnotatedExceptionTypes(), ", ");
		return exceptions.isEmpty() ? "" : " throws " + exceptions;
	}

	private static String modifiers(Member member) {
		int modifiers = member.getModifiers();
		String marks = (Modifier.isProtected(modifiers) ? "protected " : "")
				+ (Modifier.isStatic(modifiers) ? "static " : "") + (Modifier.isAbstract(modifiers) ? "abstract " : "")
				+ (Modifier.isFinal(modifiers) ? "final " : "");
		return (member instanceof Method) ? " " + marks : marks;
	}

}
