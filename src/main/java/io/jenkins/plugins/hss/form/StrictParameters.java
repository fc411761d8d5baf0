package io.jenkins.plugins.hss.form;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.model.Describable;
import io.jenkins.plugins.hss.client.ExportField;
import java.lang.reflect.ParameterizedType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableParameter;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.jenkinsci.plugins.workflow.steps.Step;

/**
 * Refuses, by name, what Pipeline would drop with a mere warning or bend: unknown parameters and values of the wrong
 * type. A filter that gets lost exports everything.
 */
public final class StrictParameters {
    private final DescribableModel<?> model;
    private final String owner;

    private StrictParameters(DescribableModel<?> model, String owner) {
        this.model = model;
        this.owner = owner;
    }

    /**
     * Checks the arguments of a step.
     *
     * @param function the name of the step
     * @return the arguments, every one known and of its type
     * @throws AbortException (which the caller need not declare) when one is not
     */
    public static Map<String, Object> check(
            Class<? extends Step> step, String function, Map<String, Object> arguments) {
        try {
            return new StrictParameters(DescribableModel.of(step), function).read(arguments);
        } catch (IllegalArgumentException e) {
            // DSL.invokeStep catches Exception, and only an AbortException ends the build without a stack trace.
            throw StrictParameters.<RuntimeException>undeclared(new AbortException(e.getMessage()));
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
                throw new IllegalArgumentException(Messages.StrictParameters_unknown(
                        name,
                        owner,
                        model.getParameters().stream()
                                .map(DescribableParameter::getName)
                                .sorted()
                                .collect(Collectors.joining(", "))));
            }
            Object checked = read(parameter, value);
            if (checked != null) {
                read.put(name, checked);
            }
        });
        return read;
    }

    @CheckForNull
    private Object read(DescribableParameter parameter, @CheckForNull Object value) {
        String name = parameter.getName();
        Class<?> type = parameter.getErasedType();
        if (value == null) {
            // Where nothing stands in for a value that got lost, more than meant would be exported, or less be judged.
            if (ExportField.ofParameter(name).isPresent()
                    || Collection.class.isAssignableFrom(type)
                    || Describable.class.isAssignableFrom(type)
                    || !Step.class.isAssignableFrom(model.getType())) {
                throw new IllegalArgumentException(Messages.StrictParameters_null(name));
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
            return itemType(parameter) == String.class
                    ? texts(name, value)
                    : nestedList(name, itemType(parameter), value);
        }
        return nested(name, type, value);
    }

    private static Class<?> itemType(DescribableParameter list) {
        return (Class<?>) ((ParameterizedType) list.getRawType()).getActualTypeArguments()[0];
    }

    private static String text(String name, Object value) {
        // A threshold is a number, but a text where variables are replaced.
        if (value instanceof CharSequence || name.equals("threshold")) {
            return value.toString();
        }
        boolean quotingIsOptional =
                name.equals(ExportField.IMAGE_SIZE.parameter()) || name.matches("(updated|scanned)\\w+");
        if (quotingIsOptional && (value instanceof Integer || value instanceof Long)) {
            return value.toString();
        }
        throw wrongType(Messages.StrictParameters_text(name, value.toString()));
    }

    private static Boolean flag(String name, Object value) {
        if (value instanceof Boolean flag) {
            return flag;
        }
        return switch (value.toString()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrongType(Messages.StrictParameters_flag(name, value.toString()));
        };
    }

    private static Object number(String name, Class<?> type, Object value) {
        if (!(value instanceof Integer || value instanceof Long || value instanceof CharSequence)) {
            throw wrongType(Messages.ParameterParser_number(name, value.toString()));
        }
        long number = ParameterParser.number(name, value.toString());
        if (type == Long.class) {
            return number;
        }
        if (number != (int) number) {
            throw wrongType(Messages.StrictParameters_tooLarge(name, value.toString()));
        }
        return (int) number;
    }

    private static List<String> texts(String name, Object value) {
        if (!(value instanceof Collection<?> items)) {
            throw wrongType(Messages.StrictParameters_list(name, value.toString()));
        }
        List<String> texts = new ArrayList<>();
        for (Object item : items) {
            if (!(item instanceof CharSequence)) {
                throw wrongType(Messages.StrictParameters_list(name, value.toString()));
            }
            texts.add(item.toString());
        }
        return texts;
    }

    private static List<Object> nestedList(String name, Class<?> type, Object value) {
        if (!(value instanceof Collection<?> items)) {
            throw wrongType(Messages.StrictParameters_maps(name, value.toString()));
        }
        List<Object> read = new ArrayList<>();
        for (Object item : items) {
            if (!(item instanceof Map || item instanceof UninstantiatedDescribable || type.isInstance(item))) {
                throw wrongType(Messages.StrictParameters_maps(name, value.toString()));
            }
            read.add(nested(name + "[" + read.size() + "]", type, item));
        }
        return read;
    }

    private static Object nested(String name, Class<?> type, Object value) {
        if (type.isInstance(value)) {
            return value;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> arguments = new LinkedHashMap<>(map);
            arguments.remove(DescribableModel.CLAZZ);
            return new StrictParameters(DescribableModel.of(type), name).read(arguments);
        }
        if (value instanceof UninstantiatedDescribable describable) {
            return new StrictParameters(DescribableModel.of(type), name).read(describable.getArguments());
        }
        throw wrongType(Messages.StrictParameters_map(name, value.toString()));
    }

    private static IllegalArgumentException wrongType(String message) {
        return new IllegalArgumentException(message);
    }
}
