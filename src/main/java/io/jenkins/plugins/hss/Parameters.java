package io.jenkins.plugins.hss;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import io.jenkins.plugins.hss.client.ExportField;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;

/**
 * Refuses, by name, what Pipeline would drop with a mere warning or bend: unknown parameters and values of the wrong
 * type. A filter that gets lost exports everything.
 */
final class Parameters {
    private final DescribableModel<?> model;
    private final String owner;

    private Parameters(DescribableModel<?> model, String owner) {
        this.model = model;
        this.owner = owner;
    }

    /**
     * Returns the arguments of the step, every one known and of its type.
     *
     * @throws AbortException (which the caller need not declare) when one is not
     */
    static Map<String, Object> check(Map<String, Object> arguments) {
        try {
            return new Parameters(DescribableModel.of(HssImageReportExportStep.class), "hssImageReportExport")
                    .read(arguments);
        } catch (IllegalArgumentException e) {
            // The one exception that ends a build without a stack trace is a checked one.
            throw Parameters.<RuntimeException>undeclared(new AbortException(e.getMessage()));
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> E undeclared(Exception exception) throws E {
        throw (E) exception;
    }

    private Map<String, Object> read(Map<?, ?> arguments) {
        Map<String, Object> read = new LinkedHashMap<>();
        arguments.forEach((key, value) -> {
            String name = key.toString();
            DescribableParameter sole = model.getSoleRequiredParameter();
            if (name.equals(UninstantiatedDescribable.ANONYMOUS_KEY) && sole != null) {
                name = sole.getName();
            }
            DescribableParameter parameter = model.getParameter(name);
            if (parameter == null) {
                throw new IllegalArgumentException(Messages.Parameters_unknown(
                        name,
                        owner,
                        model.getParameters().stream()
                                .map(DescribableParameter::getName)
                                .sorted()
                                .collect(Collectors.joining(", "))));
            }
            Object checked = read(name, parameter.getErasedType(), value);
            if (checked != null) {
                read.put(name, checked);
            }
        });
        return read;
    }

    @CheckForNull
    private Object read(String name, Class<?> type, @CheckForNull Object value) {
        if (value == null) {
            // Where nothing stands in for a value that got lost, more than meant would be exported.
            if (ExportField.ofParameter(name).isPresent() || type == ImageFilter.class) {
                throw new IllegalArgumentException(Messages.Parameters_null(name));
            }
            return null;
        }
        if (type == String.class) {
            return text(name, value);
        }
        if (type == Boolean.class || type == boolean.class) {
            return flag(name, value);
        }
        if (type == Integer.class || type == Long.class) {
            return number(name, type, value);
        }
        if (Collection.class.isAssignableFrom(type)) {
            return texts(name, value);
        }
        return filter(name, value);
    }

    private static String text(String name, Object value) {
        if (value instanceof CharSequence) {
            return value.toString();
        }
        boolean quotingIsOptional =
                name.equals(ExportField.IMAGE_SIZE.parameter()) || name.matches("(updated|scanned)\\w+");
        if (quotingIsOptional && (value instanceof Integer || value instanceof Long)) {
            return value.toString();
        }
        throw wrongType(Messages.Parameters_text(name, value.toString()));
    }

    private static Boolean flag(String name, Object value) {
        if (value instanceof Boolean flag) {
            return flag;
        }
        return switch (value.toString()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrongType(Messages.Parameters_flag(name, value.toString()));
        };
    }

    private static Object number(String name, Class<?> type, Object value) {
        if (!(value instanceof Integer || value instanceof Long || value instanceof CharSequence)) {
            throw wrongType(Messages.Numbers_malformed(name, value.toString()));
        }
        long number = Numbers.parse(name, value.toString());
        if (type == Long.class) {
            return number;
        }
        if (number != (int) number) {
            throw wrongType(Messages.Parameters_tooLarge(name, value.toString()));
        }
        return (int) number;
    }

    private static List<String> texts(String name, Object value) {
        if (!(value instanceof Collection<?> items)) {
            throw wrongType(Messages.Parameters_list(name, value.toString()));
        }
        List<String> texts = new ArrayList<>();
        for (Object item : items) {
            if (!(item instanceof CharSequence)) {
                throw wrongType(Messages.Parameters_list(name, value.toString()));
            }
            texts.add(item.toString());
        }
        return texts;
    }

    private static Object filter(String name, Object value) {
        if (value instanceof ImageFilter) {
            return value;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> filter = new LinkedHashMap<>(map);
            filter.remove(DescribableModel.CLAZZ);
            return new Parameters(DescribableModel.of(ImageFilter.class), name).read(filter);
        }
        if (value instanceof UninstantiatedDescribable filter) {
            return new Parameters(DescribableModel.of(ImageFilter.class), name).read(filter.getArguments());
        }
        throw wrongType(Messages.Parameters_map(name, value.toString()));
    }

    private static IllegalArgumentException wrongType(String message) {
        return new IllegalArgumentException(message);
    }
}
